using System.Threading.Channels;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>
/// Calls of the public API from inside of the Supervisor: they go by no wire, and stand under the same rules of roles,
/// rates and audit as those that do.
/// </summary>
/// <param name="services">The API.</param>
/// <param name="caller">Who calls, at the time of each call; <c>null</c>: that is not known any more.</param>
/// <param name="peer">Where the caller is.</param>
internal sealed class LocalCalls(LocalServices services, Func<Caller?> caller, string peer) : CallInvoker
{
    private const int AnswersAhead = 64;

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw Unsupported();

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        var response = AnswerAsync();
        return new AsyncUnaryCall<TResponse>(response, Task.FromResult(new Metadata()), () => StatusOf(response), () => [], ending.Cancel);

        async Task<TResponse> AnswerAsync()
        {
            var context = Enter(method.FullName, ending.Token);
            return await services.Audit.UnaryServerHandler(request, context, services.Unary<TRequest, TResponse>(method.FullName));
        }
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        var answers = Channel.CreateBounded<TResponse>(new BoundedChannelOptions(AnswersAhead) { SingleReader = true, SingleWriter = true });
        var served = ServeAsync();
        return new AsyncServerStreamingCall<TResponse>(
            new AnswerReader<TResponse>(answers.Reader), Task.FromResult(new Metadata()), () => StatusOf(served), () => [], ending.Cancel);

        async Task ServeAsync()
        {
            try
            {
                var context = Enter(method.FullName, ending.Token);
                await services.ServerStreaming<TRequest, TResponse>(method.FullName)(
                    request, new AnswerWriter<TResponse>(answers.Writer, ending.Token), context);
                answers.Writer.TryComplete();
            }
            catch (Exception error)
            {
                answers.Writer.TryComplete(error);
            }
        }
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw Unsupported();

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("Calls from inside have one request, and are asynchronous.");

    private static Status StatusOf(Task call) => call.Exception?.InnerException is RpcException error ? error.Status : Status.DefaultSuccess;

    private LocalCallContext Enter(string path, CancellationToken cancellation)
    {
        var who = caller() ?? throw RpcErrors.Create(
            StatusCode.Unauthenticated, ErrorReasons.CallerUnknown, "The token is not one that this pool knows any more. Log in again.");
        return CallerRules.Refusal(path, who, services.Rates) is { } refusal ? throw refusal : new LocalCallContext(path, who, peer, cancellation);
    }

    private sealed class AnswerReader<T>(ChannelReader<T> answers) : IAsyncStreamReader<T>
    {
        public T Current { get; private set; } = default!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            while (await answers.WaitToReadAsync(cancellationToken))
            {
                if (answers.TryRead(out var answer))
                {
                    Current = answer;
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class AnswerWriter<T>(ChannelWriter<T> answers, CancellationToken ending) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => answers.WriteAsync(message, ending).AsTask();

        public Task WriteAsync(T message, CancellationToken cancellationToken) => answers.WriteAsync(message, cancellationToken).AsTask();
    }
}
