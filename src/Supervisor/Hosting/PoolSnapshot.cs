using WorkerPool.Processes;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>A pool as it was at one moment.</summary>
/// <param name="IsKnown">Whether a worker has introduced itself.</param>
/// <param name="IsDraining">Whether it takes no more jobs because it goes away.</param>
/// <param name="Failure">Why its workers cannot start; <c>null</c> when they can.</param>
/// <param name="SlotCount">Slots it is to have.</param>
/// <param name="Workers">Its slots and their workers, by number.</param>
/// <param name="ReadySpares">Workers that stand ready to take the place of one.</param>
/// <param name="OpenJobs">Its open jobs, single calls among them.</param>
/// <param name="AnsweredItems">Items answered since its start.</param>
/// <param name="Uptime">Since its start.</param>
internal sealed record PoolSnapshot(
    bool IsKnown,
    bool IsDraining,
    StartFailure? Failure,
    int SlotCount,
    IReadOnlyList<WorkerSnapshot> Workers,
    int ReadySpares,
    IReadOnlyList<JobSnapshot> OpenJobs,
    long AnsweredItems,
    TimeSpan Uptime);

/// <summary>A slot and its worker as they were at one moment.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Items">The items that it runs and has not answered, the one that has run longest first.</param>
/// <param name="AnsweredItems">Items this worker has answered.</param>
/// <param name="InFlightItems">Items it has and has not answered.</param>
internal sealed record WorkerSnapshot(SlotSnapshot Slot, IReadOnlyList<ItemSnapshot> Items, long AnsweredItems, long InFlightItems)
{
    /// <summary>What the worker's process uses; zero when there is none. Asks the system.</summary>
    public ProcessUsage Usage() => Slot.Launched?.ReadUsage() ?? default;

    /// <summary>A slot with what dispatch knows of its worker. On the owner loop.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="scheduler">Dispatch.</param>
    public static WorkerSnapshot Of(SlotSnapshot slot, Scheduler scheduler)
    {
        var load = slot.Worker is { } worker ? scheduler.LoadOf(worker) : null;
        var items = slot.Running
            .OrderBy(running => running.StartedAt)
            .Select(running => load?.Find(running.Lease) is { } chunk ? new ItemSnapshot(chunk.Chunk.Source.Number, running) : null)
            .OfType<ItemSnapshot>();
        return new WorkerSnapshot(slot, [.. items], load?.AnsweredItems ?? 0, load?.InFlightItems ?? 0);
    }
}

/// <summary>An item that a worker runs, as it was at one moment.</summary>
/// <param name="JobNumber">Its job.</param>
/// <param name="Running">What the worker has noted of it.</param>
internal sealed record ItemSnapshot(ulong JobNumber, RunningItem Running);
