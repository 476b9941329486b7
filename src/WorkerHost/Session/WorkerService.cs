using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions.Describing;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Serves the session, once; when its stream has ended, so does the worker. Says what is known of functions, always.</summary>
/// <param name="session">The session.</param>
/// <param name="details">What is known of functions.</param>
/// <param name="ended">Called when the session has ended and its caller has been told.</param>
internal sealed class WorkerService(WorkerSession session, FunctionDetails details, Action ended) : Worker.V1.WorkerService.WorkerServiceBase
{
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sessions;

    /// <summary>Breaks off the session, if there is one, and keeps one from being opened.</summary>
    /// <returns>Completes when no item will be started any more.</returns>
    public async Task AbortAsync()
    {
        if (Interlocked.Increment(ref _sessions) == 1)
        {
            _over.TrySetResult();
        }

        await _aborted.CancelAsync();
        await _over.Task;
    }

    /// <inheritdoc/>
    public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
        Task.FromResult(new DescribeResponse { Functions = { details.Of(request.Function) } });

    /// <inheritdoc/>
    public override async Task Session(
        IAsyncStreamReader<SessionRequest> requestStream,
        IServerStreamWriter<SessionResponse> responseStream,
        ServerCallContext context)
    {
        if (Interlocked.Increment(ref _sessions) > 1)
        {
            throw RpcErrors.Create(
                StatusCode.FailedPrecondition,
                ErrorReasons.UnexpectedMessage,
                "The worker has had its session; a worker has one in its life. Launch another worker.");
        }

        // After the status has been sent, and not before.
        context.GetHttpContext().Response.OnCompleted(() =>
        {
            ended();
            return Task.CompletedTask;
        });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _aborted.Token);
        try
        {
            await session.RunAsync(requestStream, responseStream, ending.Token);
        }
        catch (Exception error) when (error is not RpcException)
        {
            throw RpcErrors.Create(
                ending.IsCancellationRequested ? StatusCode.Cancelled : StatusCode.Internal,
                ErrorReasons.InternalError,
                $"The worker's session broke: {error.Message}");
        }
        finally
        {
            _over.TrySetResult();
        }
    }
}
