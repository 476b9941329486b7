using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Why a job fails whose workers died before its first item: over a constructor, its shared arguments, or its initializer.</summary>
internal static class SetupErrors
{
    /// <summary>Reason and message.</summary>
    /// <param name="order">What the job's workers were told.</param>
    /// <param name="setup">What the last worker was at.</param>
    /// <param name="worker">The worker that died last, for people.</param>
    /// <param name="certificate">What is known of its death.</param>
    /// <param name="timedOut">Whether it was killed for not yielding after the timeout.</param>
    /// <param name="crashes">Workers that died so.</param>
    public static (string Reason, string Message) Of(
        WorkOrder order, RunningItem setup, string worker, DeathCertificate certificate, bool timedOut, int crashes)
    {
        var stack = certificate.Stack is { Length: > 0 } at ? $" It was {OwnFrames(at)}." : "";
        if (setup.IsConstructor)
        {
            return timedOut
                ? (ErrorReasons.ConstructorFailed,
                    $"The constructor of {order.ObjectClass}, which {order.Function} belongs to, ran longer than a worker may take to start "
                    + $"(Pool:StartTimeout) and did not yield to cancellation; {worker} was killed.{stack}")
                : (ErrorReasons.ConstructorFailed,
                    $"The object of {order.ObjectClass} that {order.Function} belongs to was being made each time when a worker died ({crashes} times). "
                    + $"The last was {worker}, {certificate}.");
        }

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

    // The frames of the user's code, and of what it called: those below them are the worker's own.
    private static string OwnFrames(string stack)
    {
        var frames = stack.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var own = frames.TakeWhile(frame =>
            !frame.StartsWith("at DynamicClass.", StringComparison.Ordinal)
            && !frame.StartsWith("at WorkerPool.WorkerHost.Functions.", StringComparison.Ordinal)).ToArray();
        return string.Join(", ", own.Length > 0 ? own : frames);
    }
}
