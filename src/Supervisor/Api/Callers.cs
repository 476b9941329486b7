using Grpc.Core;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Api;

/// <summary>Who makes a call, and what that means for its job.</summary>
internal static class Callers
{
    /// <summary>Who makes a call.</summary>
    /// <param name="context">The call.</param>
    public static Caller Of(ServerCallContext context) => context.GetHttpContext().Features.Get<Caller>() ?? Caller.Anyone;

    /// <summary>The job as one of its caller: keys of one caller are no keys of another, and it is a part of that caller's share.</summary>
    /// <param name="spec">What was asked for.</param>
    /// <param name="context">The call.</param>
    public static JobSpec CalledBy(this JobSpec spec, ServerCallContext context)
    {
        var caller = Of(context);
        return spec with
        {
            Caller = caller.Describe(context.Peer),
            CallerSpan = CallerSpans.Of(context),
            Account = caller,
            Key = spec.Key.Length == 0 ? spec.Key : $"{caller.Name}\n{spec.Key}",
            WorkOrder = spec.WorkOrder with { Caller = caller == Caller.Anyone ? null : new CallerShare(caller.Name, caller.Limits.Weight) },
        };
    }
}
