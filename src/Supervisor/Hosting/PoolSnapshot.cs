using WorkerPool.Processes;
using WorkerPool.Supervisor.Diagnostics;
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
    TimeSpan Uptime)
{
    /// <summary>Time until its open jobs are ended; <c>null</c> unless it drains.</summary>
    public TimeSpan? DrainLeft { get; init; }

    /// <summary>How long items took to run, of all functions; <c>null</c> before the first answer.</summary>
    public TimeSummary? ItemTimes { get; init; }

    /// <summary>Where the time of all its workers went.</summary>
    public WorkerTimeSums WorkerTimes { get; init; }

    /// <summary>What its functions did, by name.</summary>
    public IReadOnlyList<FunctionSnapshot> Functions { get; init; } = [];

    /// <summary>The most jobs that may be open.</summary>
    public int MaxOpenJobs { get; init; }
}

/// <summary>What a function did up to one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Succeeded">Items answered with a value.</param>
/// <param name="Failed">Items answered with an error.</param>
/// <param name="Times">How long items took to run; <c>null</c> before the first answer.</param>
internal sealed record FunctionSnapshot(string Name, long Succeeded, long Failed, TimeSummary? Times);

/// <summary>A slot and its worker as they were at one moment.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Items">The items that it runs and has not answered, the one that has run longest first.</param>
/// <param name="AnsweredItems">Items this worker has answered.</param>
/// <param name="InFlightItems">Items it has and has not answered.</param>
internal sealed record WorkerSnapshot(SlotSnapshot Slot, IReadOnlyList<ItemSnapshot> Items, long AnsweredItems, long InFlightItems)
{
    /// <summary>How long the items took to run that this worker answered; <c>null</c> before the first.</summary>
    public TimeSummary? ItemTimes { get; init; }

    /// <summary>Where this worker's time went.</summary>
    public WorkerTimeSums Times { get; init; }

    /// <summary>Numbers of the jobs that it has items of.</summary>
    public IReadOnlyList<ulong> Jobs { get; init; } = [];

    /// <summary>What the worker's process uses; zero when there is none. Asks the system.</summary>
    public ProcessUsage Usage() => Slot.Launched?.ReadUsage() ?? default;

    /// <summary>A slot with what dispatch knows of its worker. On the owner loop.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="scheduler">Dispatch.</param>
    /// <param name="times">Knows where the time of workers went. Default: that is not asked for.</param>
    public static WorkerSnapshot Of(SlotSnapshot slot, Scheduler scheduler, WorkerTimes? times = null)
    {
        var load = slot.Worker is { } worker ? scheduler.LoadOf(worker) : null;
        var items = slot.Running
            .OrderBy(running => running.StartedAt)
            .Select(running => load?.Find(running.Lease) is { } chunk ? new ItemSnapshot(chunk.Chunk.Source.Number, running) : null)
            .OfType<ItemSnapshot>();
        return new WorkerSnapshot(slot, [.. items], load?.AnsweredItems ?? 0, load?.InFlightItems ?? 0)
        {
            ItemTimes = times is null ? null : load?.Times.Read(withBuckets: true),
            Times = load is null || times is null ? default : times.Read(load.Clock) with { Starting = slot.StartTook },
            Jobs = load is null ? [] : [.. load.InFlight.Select(chunk => chunk.Chunk.Source.Number).Distinct().Order()],
        };
    }
}

/// <summary>An item that a worker runs, as it was at one moment.</summary>
/// <param name="JobNumber">Its job.</param>
/// <param name="Running">What the worker has noted of it.</param>
internal sealed record ItemSnapshot(ulong JobNumber, RunningItem Running);
