using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Serves the session, once; when its stream has ended, so does the worker.</summary>
/// <param name="session">The session.</param>
/// <param name="end">Ends the worker.</param>
internal sealed class WorkerService(WorkerSession session, WorkerEnd end) : Worker.V1.WorkerService.WorkerServiceBase
{
    private int _sessions;

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
            end.Request();
            return Task.CompletedTask;
        });
        try
        {
            await session.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        catch (Exception error) when (error is not RpcException)
        {
            throw RpcErrors.Create(
                context.CancellationToken.IsCancellationRequested ? StatusCode.Cancelled : StatusCode.Internal,
                ErrorReasons.InternalError,
                $"The worker's session broke: {error.Message}");
        }
    }
}
