using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>What the owner loop last told of the pool's state.</summary>
/// <param name="BacklogItems">Items that wait for a worker.</param>
/// <param name="BacklogTime">Worker time they are expected to take; zero for those of jobs without an answer yet.</param>
/// <param name="OpenMaps">Open jobs that are no single calls.</param>
/// <param name="OpenApplies">Open single calls.</param>
/// <param name="HeldItems">Items in the windows of open jobs.</param>
/// <param name="WindowItems">Items that those windows have room for.</param>
/// <param name="BusyWorkers">Workers that have items.</param>
internal sealed record PoolGauges(
    long BacklogItems,
    TimeSpan BacklogTime,
    int OpenMaps,
    int OpenApplies,
    long HeldItems,
    long WindowItems,
    int BusyWorkers)
{
    /// <summary>Nothing.</summary>
    public static PoolGauges Zero { get; } = new(0, TimeSpan.Zero, 0, 0, 0, 0, 0);

    /// <summary>These and an open job.</summary>
    /// <param name="job">The job.</param>
    public PoolGauges With(Job job) => this with
    {
        BacklogItems = BacklogItems + job.WaitingItems,
        BacklogTime = BacklogTime + TimeSpan.FromSeconds(job.WaitingItems * (job.ItemNanoseconds ?? 0) / 1e9),
        OpenMaps = OpenMaps + (job.Spec.IsApply ? 0 : 1),
        OpenApplies = OpenApplies + (job.Spec.IsApply ? 1 : 0),
        HeldItems = HeldItems + job.HeldItems,
        WindowItems = WindowItems + job.WindowItems,
    };
}
