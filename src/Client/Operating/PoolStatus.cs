namespace WorkerPool.Client;

/// <summary>A pool as it is at a moment.</summary>
public sealed record PoolStatus
{
    /// <summary>Where it is in its life.</summary>
    public PoolState State { get; init; }

    /// <summary>Why it takes no jobs; empty when it does.</summary>
    public string Message { get; init; } = "";

    /// <summary>Slots it is to have, that is workers when all are up. Range: 1 and up.</summary>
    public int SlotCount { get; init; }

    /// <summary>Workers that take chunks. Range: 0 and up.</summary>
    public int ReadyWorkers { get; init; }

    /// <summary>Workers that stand ready to take the place of one that dies or is replaced.</summary>
    public int ReadySpares { get; init; }

    /// <summary>Of these, those that have items. Range: 0 and up.</summary>
    public int BusyWorkers { get; init; }

    /// <summary>Jobs that are open, without single calls. Range: 0 and up.</summary>
    public int OpenJobs { get; init; }

    /// <summary>Single calls that are open. Range: 0 and up.</summary>
    public int OpenApplies { get; init; }

    /// <summary>Items that wait for a worker, of all jobs. Range: 0 and up.</summary>
    public long WaitingItems { get; init; }

    /// <summary>The worker time they are expected to take, as far as is known. <c>null</c> where nothing is.</summary>
    public TimeSpan? WaitingWork { get; init; }

    /// <summary>Items answered since the start. Range: 0 and up.</summary>
    public long AnsweredItems { get; init; }

    /// <summary>Workers that died, since the start. Range: 0 and up.</summary>
    public long WorkerRestarts { get; init; }

    /// <summary>Since the start.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Release of the Supervisor.</summary>
    public string Version { get; init; } = "";

    /// <summary>How long items took to run since the start, of all functions together; <c>null</c> before the first answer.</summary>
    public ItemTimes? ItemTimes { get; init; }

    /// <summary>Where the time of all workers went since the start.</summary>
    public WorkerTimes WorkerTimes { get; init; }

    /// <summary>What the pool's functions did since the start, by name.</summary>
    public IReadOnlyList<FunctionStatus> Functions { get; init; } = [];

    /// <summary>The most jobs that may be open, without single calls. Range: 1 and up; 0 where the pool does not say.</summary>
    public int MaxOpenJobs { get; init; }

    internal static PoolStatus From(V1.PoolStatus pool) => new()
    {
        State = Enum.IsDefined((PoolState)pool.State) ? (PoolState)pool.State : PoolState.Unknown,
        Message = pool.Message,
        SlotCount = (int)pool.SlotCount,
        ReadyWorkers = (int)pool.ReadyWorkers,
        ReadySpares = (int)pool.ReadySpares,
        BusyWorkers = (int)pool.BusyWorkers,
        OpenJobs = (int)pool.OpenJobs,
        OpenApplies = (int)pool.OpenApplies,
        WaitingItems = (long)pool.WaitingItems,
        WaitingWork = pool.WaitingWork?.ToTimeSpan(),
        AnsweredItems = (long)pool.AnsweredItems,
        WorkerRestarts = (long)pool.WorkerRestarts,
        Uptime = pool.Uptime?.ToTimeSpan() ?? default,
        Version = pool.Version,
        ItemTimes = ItemTimes.From(pool.ItemTimes),
        WorkerTimes = WorkerTimes.From(pool.WorkerTimes),
        Functions = [.. pool.Functions.Select(FunctionStatus.From)],
        MaxOpenJobs = (int)pool.MaxOpenJobs,
    };
}
