using System.Runtime.CompilerServices;
using Grpc.Core;
using WorkerPool.Client.Connecting;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Operating;

/// <summary>Runs an operator's calls: gives them an end of its own beside the caller's token, and names their errors.</summary>
/// <param name="connection">The connection they go over.</param>
/// <param name="ownsConnection">Whether that ends with this.</param>
internal sealed class AdminCalls(PoolConnection connection, bool ownsConnection)
{
    private readonly CancellationTokenSource _end = new();

    /// <summary>A call that only asks: it is made again where its connection broke.</summary>
    public Task<T> AskAsync<T>(Func<PoolChannels, CancellationToken, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, isRepeatable: true, cancellationToken);

    /// <summary>A call that changes something: it is made again only where it cannot have been carried out.</summary>
    public Task<T> ChangeAsync<T>(Func<PoolChannels, CancellationToken, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, isRepeatable: false, cancellationToken);

    /// <summary>A call with a stream of responses. It begins when it is enumerated and ends with the enumeration.</summary>
    public async IAsyncEnumerable<TResult> StreamAsync<TResponse, TResult>(
        Func<PoolChannels, CancellationToken, AsyncServerStreamingCall<TResponse>> call,
        Func<TResponse, TResult> read,
        CancellationToken callToken,
        [EnumeratorCancellation] CancellationToken enumerationToken = default)
    {
        ThrowIfEnded();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(callToken, enumerationToken, _end.Token);
        using var stream = call(await connection.NextAsync(ending.Token).ConfigureAwait(false), ending.Token);
        while (true)
        {
            try
            {
                if (!await stream.ResponseStream.MoveNext(ending.Token).ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (Exception e)
            {
                throw Explain(e, callToken.IsCancellationRequested ? callToken : enumerationToken);
            }

            yield return read(stream.ResponseStream.Current);
        }
    }

    /// <summary>Ends the calls under way; there are no new ones.</summary>
    public void End()
    {
        _end.Cancel();
        if (ownsConnection)
        {
            connection.Dispose();
        }
    }

    private async Task<T> CallAsync<T>(
        Func<PoolChannels, CancellationToken, AsyncUnaryCall<T>> call, bool isRepeatable, CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            return await connection.CallAsync(channels => call(channels, ending.Token), isRepeatable, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Explain(e, cancellationToken);
        }
    }

    private Exception Explain(Exception error, CancellationToken token) =>
        token.IsCancellationRequested ? new OperationCanceledException(token)
        : _end.IsCancellationRequested ? PoolClosedException.Terminated()
        : connection.Explain(error);

    private void ThrowIfEnded()
    {
        if (_end.IsCancellationRequested)
        {
            throw PoolClosedException.NoNewWork();
        }

        if (connection.IsSpread)
        {
            throw new InvalidRequestException(
                ErrorReasons.InvalidArgument, $"{connection.Address} is a name of several cells, each with workers and jobs of its own. Operate one of them, at an address of its own such as https://HOST:PORT.");
        }
    }
}
