using Grpc.Core;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Api;

/// <summary>What is thrown below the API, as errors of calls: the one place where reasons get status codes.</summary>
internal static class ApiErrors
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The error of a call for a job that failed.</summary>
    /// <param name="error">Why the job failed.</param>
    public static RpcException From(JobFailedException error)
    {
        var code = CodeOf(error.Reason);
        return RpcErrors.Create(
            code, error.Reason, error.Message, retryAfter: code is StatusCode.Unavailable or StatusCode.ResourceExhausted ? RetryAfter : null);
    }

    /// <summary>The error of a call that needed workers which cannot start.</summary>
    /// <param name="error">Why they cannot.</param>
    public static RpcException From(WorkerStartException error) => RpcErrors.Create(
        StatusCode.Unavailable,
        ErrorReasons.PoolBroken,
        Workers.Messages.Broken(new Workers.StartFailure(error.Reason, error.Message)),
        [new("cause", error.Reason)],
        retryAfter: RetryAfter);

    private static StatusCode CodeOf(string reason) => reason switch
    {
        ErrorReasons.UnknownFunction or ErrorReasons.UnknownJob or ErrorReasons.UnknownWorker => StatusCode.NotFound,
        ErrorReasons.InvalidArgument or ErrorReasons.EncodingMismatch or ErrorReasons.StreamNotStarted
            or ErrorReasons.SharedArgumentInvalid or ErrorReasons.SharedArgumentsTooLarge => StatusCode.InvalidArgument,
        ErrorReasons.UnexpectedMessage or ErrorReasons.WindowOverrun or ErrorReasons.StaleGeneration
            or ErrorReasons.InitializerFailed or ErrorReasons.ConstructorFailed or ErrorReasons.MethodRefused
            or ErrorReasons.PoolNotResizable or ErrorReasons.HostUnknown => StatusCode.FailedPrecondition,
        ErrorReasons.JobFenced => StatusCode.Aborted,
        ErrorReasons.PoolDraining or ErrorReasons.PoolBroken => StatusCode.Unavailable,
        ErrorReasons.TooManyJobs or ErrorReasons.BuffersFull or ErrorReasons.TooManyRequests
            or ErrorReasons.RequestTooLarge => StatusCode.ResourceExhausted,
        ErrorReasons.CallerUnknown => StatusCode.Unauthenticated,
        ErrorReasons.RoleTooLow or ErrorReasons.OriginRefused => StatusCode.PermissionDenied,
        ErrorReasons.UnknownPath => StatusCode.Unimplemented,
        ErrorReasons.JobCancelled => StatusCode.Cancelled,
        _ => StatusCode.Internal,
    };
}
