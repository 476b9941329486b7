using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Jobs;

/// <summary>Makes jobs as they were at one moment.</summary>
internal static class Snapshots
{
    private static readonly WorkOrder Order = new("square", Encoding.Json, Encoding.Json, null, 0, MaxWorkers: 2, Weight: 3);

    /// <summary>A job of <c>square</c> that runs.</summary>
    public static JobSnapshot Of(ulong number, JobLedger ledger = default, long? itemCount = null) => new()
    {
        Number = number,
        Id = $"job-{number}",
        Spec = new JobSpec(Order, ItemCount: itemCount, Label: "holiday", Caller: "ipv4:127.0.0.1:1234"),
        State = JobState.Running,
        Ledger = ledger,
    };
}
