using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Api.Local;

/// <summary>
/// Calls of the public API from inside of the Supervisor's process: they go by no wire, and stand under the same rules of
/// roles, rates and audit as those that do. Messages are handed over as they are.
/// </summary>
/// <param name="services">The API.</param>
/// <param name="caller">Who calls, at the time of each call; <c>null</c>: that is not known any more.</param>
/// <param name="peer">Where the caller is.</param>
internal sealed class LocalCalls(LocalServices services, Func<Caller?> caller, string peer) : CallInvoker
{
    // Messages of a stream that its reader has not read, beside what bounds their bytes.
    private const int MessagesAhead = 64;

    private readonly Lock _gate = new();
    private readonly HashSet<LocalCall> _open = [];
    private bool _isEnded;

    /// <summary>Cancels the calls that are open, and takes no more.</summary>
    /// <returns>Completes when the services have done with all of them.</returns>
    public Task EndAsync()
    {
        LocalCall[] open;
        lock (_gate)
        {
            _isEnded = true;
            open = [.. _open];
        }

        foreach (var call in open)
        {
            call.Cancel();
        }

        return Task.WhenAll(open.Select(call => call.Served));
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw Unsupported();

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        // Whoever waits for the answer goes on where it is given, with which the call is over.
        var answer = new TaskCompletionSource<TResponse>();
        TResponse? response = null;
        var call = Serve(
            method.FullName,
            options,
            async context => response =
                await services.Audit.UnaryServerHandler(request, context, services.Unary<TRequest, TResponse>(method.FullName)),
            error => _ = error is null ? answer.TrySetResult(response!) : answer.TrySetException(error));
        return new AsyncUnaryCall<TResponse>(answer.Task, NoHeaders, call.Status, NoTrailers, call.Cancel);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var answers = NewStream<TResponse>();
        var call = Serve(
            method.FullName,
            options,
            context => services.ServerStreaming<TRequest, TResponse>(method.FullName)(
                request, new LocalWriter<TResponse>(answers.Writer, context.CancellationToken), context),
            error => answers.Writer.TryComplete(error));
        return new AsyncServerStreamingCall<TResponse>(new LocalReader<TResponse>(answers.Reader), NoHeaders, call.Status, NoTrailers, call.Cancel);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw Unsupported();

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var requests = NewStream<TRequest>();
        var answers = NewStream<TResponse>();
        var call = Serve(
            method.FullName,
            options,
            context => services.DuplexStreaming<TRequest, TResponse>(method.FullName)(
                new LocalReader<TRequest>(requests.Reader), new LocalWriter<TResponse>(answers.Writer, context.CancellationToken), context),
            error =>
            {
                // Whoever writes finds that nobody reads, and why among the answers.
                requests.Writer.TryComplete();
                answers.Writer.TryComplete(error);
            });
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new LocalWriter<TRequest>(requests.Writer, call.Ending), new LocalReader<TResponse>(answers.Reader), NoHeaders, call.Status, NoTrailers, call.Cancel);
    }

    private static Task<Metadata> NoHeaders => Task.FromResult(new Metadata());

    private static Metadata NoTrailers() => [];

    private static Channel<T> NewStream<T>() =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(MessagesAhead) { SingleReader = true, SingleWriter = true });

    private static NotSupportedException Unsupported() => new("Calls from inside are asynchronous, and those of several requests have several answers.");

    private LocalCall Serve(string path, CallOptions options, Func<ServerCallContext, Task> handler, Action<RpcException?> end)
    {
        var call = new LocalCall(options.CancellationToken);
        lock (_gate)
        {
            if (_isEnded)
            {
                call.Cancel();
            }

            _open.Add(call);
        }

        call.Run(
            async () =>
            {
                call.Ending.ThrowIfCancellationRequested();
                await handler(Enter(path, options.Headers ?? [], call.Ending));
            },
            error =>
            {
                lock (_gate)
                {
                    _open.Remove(call);
                }

                end(error);
            });
        return call;
    }

    private LocalCallContext Enter(string path, Metadata headers, CancellationToken cancellation)
    {
        var who = caller() ?? throw RpcErrors.Create(
            StatusCode.Unauthenticated, ErrorReasons.CallerUnknown, "The token is not one that this pool knows any more. Log in again.");
        return CallerRules.Refusal(path, who, services.Rates) is { } refusal ? throw refusal : new LocalCallContext(path, who, peer, headers, cancellation);
    }
}
