using System.Globalization;
using Grpc.Core;
using WorkerPool.Client.Connecting.Routes;
using WorkerPool.Client.Errors;
using WorkerPool.Client.Functions;
using WorkerPool.Client.Mapping;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Connecting;

/// <summary>
/// What every call on a pool shares: its channels and the route to them, its functions, and the words for its
/// errors.
/// </summary>
internal sealed class PoolConnection : IDisposable
{
    private readonly IPoolRoute _route;
    private readonly ReconnectPolicy _policy;
    private readonly TimeSpan _limit;
    private volatile bool _wasReached;

    private PoolConnection(IPoolRoute route, string address, TimeSpan limit, TimeProvider time)
    {
        _route = route;
        _policy = new ReconnectPolicy(() => _route.Count, time);
        _limit = limit;
        Time = time;
        Address = address;
        Functions = new FunctionCatalog(cancellationToken => ListAsync(new V1.ListFunctionsRequest(), cancellationToken), Address);
    }

    /// <summary>A pool at addresses. Connects nothing yet.</summary>
    /// <param name="endpoints">Where the pool is, in the order in which they are tried. At least one.</param>
    /// <param name="options">How to connect.</param>
    public static PoolConnection To(IReadOnlyList<PoolEndpoint> endpoints, PoolOptions options) => new(
        endpoints[0].IsName
            ? new CellRoute(endpoints, options)
            : new OrderedRoute([.. endpoints.Select(endpoint => new PoolChannels(endpoint, options))]),
        string.Join(" or ", endpoints.Select(endpoint => endpoint.Address)),
        options.ReconnectTimeout,
        options.Time);

    /// <summary>A pool in this process, which there is no way to lose but its end.</summary>
    /// <param name="calls">Makes calls of its API.</param>
    public static PoolConnection Inside(CallInvoker calls) =>
        new(new OrderedRoute([new PoolChannels(calls)]), "this process", TimeSpan.Zero, TimeProvider.System);

    /// <summary>Where the pool is, for messages.</summary>
    public string Address { get; }

    /// <summary>Whether it is several cells, whose jobs and workers are not those of one pool.</summary>
    public bool IsSpread => _route.IsSpread;

    /// <summary>Whether a connection that broke is made again.</summary>
    public bool Reconnects => _limit > TimeSpan.Zero;

    public FunctionCatalog Functions { get; }

    public TimeProvider Time { get; }

    /// <summary>Asks the pool for its functions.</summary>
    /// <param name="request">Which, and how much of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FunctionSet> ListAsync(V1.ListFunctionsRequest request, CancellationToken cancellationToken) =>
        FunctionSet.From(await CallAsync(
            channels => channels.Calls.ListFunctionsAsync(request, cancellationToken: cancellationToken),
            isRepeatable: true,
            cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="IPoolRoute.NextAsync"/>
    public ValueTask<PoolChannels> NextAsync(CancellationToken cancellationToken) => _route.NextAsync(cancellationToken);

    /// <summary>The pool has answered: from now on it is worth waiting for.</summary>
    /// <param name="channels">Those of the address where it has.</param>
    public void Reached(PoolChannels channels)
    {
        _wasReached = true;
        _route.Reached(channels);
    }

    /// <summary>Whether a stream was open as long as the pool would be waited for: as good as progress.</summary>
    public bool IsLong(TimeSpan open) => Reconnects && open >= _limit;

    /// <inheritdoc cref="IPoolRoute.Failed"/>
    public void Failed(PoolChannels channels, Exception error) => _route.Failed(channels, error);

    /// <summary>Makes a call of one response.</summary>
    /// <param name="call">Makes it.</param>
    /// <param name="isRepeatable">Whether it may be made again where it may have been carried out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> CallAsync<T>(
        Func<PoolChannels, AsyncUnaryCall<T>> call, bool isRepeatable, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync().ConfigureAwait(false);
        }
        catch (RpcException e) when (MayRepeat(e))
        {
            return await RetryAsync(e, _ => AgainAsync(), cancellationToken).ConfigureAwait(false);
        }

        async Task<T> OnceAsync()
        {
            var channels = await _route.NextAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var response = await call(channels).ConfigureAwait(false);
                Reached(channels);
                return response;
            }
            catch (RpcException e) when (Disconnection.IsWorthRetrying(e))
            {
                Failed(channels, e);
                throw;
            }
        }

        async Task<T> AgainAsync()
        {
            try
            {
                return await OnceAsync().ConfigureAwait(false);
            }
            catch (RpcException e) when (!MayRepeat(e))
            {
                throw Explain(e);
            }
        }

        bool MayRepeat(RpcException e) =>
            !cancellationToken.IsCancellationRequested
            && Disconnection.IsWorthRetrying(e)
            && (isRepeatable || Disconnection.WasNeverSent(e));
    }

    /// <summary>Tries again what failed by its connection: for a while if the pool was reached before, else once at each address.</summary>
    /// <inheritdoc cref="ReconnectPolicy.RunAsync"/>
    public Task<T> RetryAsync<T>(Exception failure, Func<ConnectAttempt, Task<T>> again, CancellationToken cancellationToken) =>
        _policy.RunAsync(failure, _wasReached ? _limit : TimeSpan.Zero, again, cancellationToken);

    /// <summary>The exception to give the caller for one that came up in a call.</summary>
    public Exception Explain(Exception error)
    {
        if (error is not RpcException rpc)
        {
            return error;
        }

        var explained = CallErrors.From(rpc, Address);
        if (explained.Reason == ErrorReasons.EncodingMismatch)
        {
            // The function's signature is not what it was when it was asked for.
            Functions.Forget();
        }

        return explained;
    }

    /// <summary>The exception for a job whose connection was lost for good.</summary>
    /// <param name="error">What went wrong last.</param>
    /// <param name="outbox">What of the job was answered, and what was not.</param>
    public Exception Lost(RpcException error, Outbox outbox)
    {
        var cause = Explain(error);
        if (!Reconnects && cause is PoolUnavailableException)
        {
            return cause;
        }

        var what = Reconnects
            ? string.Create(CultureInfo.InvariantCulture, $"The pool was lost and not found again within {_limit.TotalSeconds} s. {cause.Message}.")
            : $"The pool was lost. {cause.Message}.";
        var (answered, unanswered, indexes) = outbox.Abandon(PoolLostException.MaxRanges);
        return new PoolLostException(what.Replace("..", ".", StringComparison.Ordinal), answered, unanswered, indexes, cause);
    }

    public void Dispose() => _route.Dispose();
}
