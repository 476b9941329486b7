using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Why a job fails whose workers died before its first item: over its initializer, or its shared arguments.</summary>
internal static class SetupErrors
{
    /// <summary>Reason and message.</summary>
    /// <param name="order">What the job's workers were told.</param>
    /// <param name="worker">The worker that died last, for people.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="timedOut">Whether it was killed for not yielding after the initializer's timeout.</param>
    /// <param name="crashes">Workers that died so.</param>
    public static (string Reason, string Message) Of(
        WorkOrder order, string worker, DeathCertificate certificate, bool timedOut, int crashes)
    {
        var stack = certificate.Stack is { Length: > 0 } at ? $" It was at: {at}" : "";
        return order.Initializer is not { } initializer
            ? (ErrorReasons.SharedArgumentInvalid,
                $"The shared arguments were being read each time when a worker died ({crashes} times). The last was {worker}, {certificate}.")
            : timedOut
                ? (ErrorReasons.InitializerFailed,
                    $"The initializer \"{initializer.Function}\" ran longer than its limit of {initializer.Timeout.ToTimeSpan().TotalSeconds} s and "
                    + $"did not yield to cancellation; {worker} was killed.{stack}")
                : (ErrorReasons.InitializerFailed,
                    $"The initializer \"{initializer.Function}\" was running each time when a worker died ({crashes} times). "
                    + $"The last was {worker}, {certificate}.");
    }
}
