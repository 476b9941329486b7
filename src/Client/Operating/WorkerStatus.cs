namespace WorkerPool.Client;

/// <summary>A slot and its worker as they are at a moment.</summary>
public sealed record WorkerStatus
{
    /// <summary>The worker's name, such as <c>worker-2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the slot. Range: 1 and up.</summary>
    public int Slot { get; init; }

    /// <summary>Where the slot is in its life.</summary>
    public WorkerState State { get; init; }

    /// <summary>Which process in the slot this is. Range: 0 (none yet) and up.</summary>
    public long Incarnation { get; init; }

    /// <summary>Process id. Range: 1 and up; <c>null</c> where there is no process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Items that it runs at this moment. Range: 0 to the pool's concurrency.</summary>
    public int RunningItems { get; init; }

    /// <summary>Job of the item that is running, of several the one that has run longest; empty where none is.</summary>
    public string JobId { get; init; } = "";

    /// <summary>Index of that item; <c>null</c> where none is.</summary>
    public long? ItemIndex { get; init; }

    /// <summary>How long that item has been seen running; <c>null</c> where none is.</summary>
    public TimeSpan? ItemRunningFor { get; init; }

    /// <summary>Items answered by this worker. Range: 0 and up.</summary>
    public long AnsweredItems { get; init; }

    /// <summary>Items that it has and has not answered. Range: 0 and up.</summary>
    public long InFlightItems { get; init; }

    /// <summary>Processor time it has used; <c>null</c> where that is not known.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Memory it holds (resident set), in bytes. Range: 0 and up.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Workers that died in this slot. Range: 0 and up.</summary>
    public long Restarts { get; init; }

    /// <summary>How the last one died; empty if none did.</summary>
    public string LastDeath { get; init; } = "";

    /// <summary>When this worker was ready; <c>null</c> where it is not.</summary>
    public DateTimeOffset? ReadySince { get; init; }

    /// <summary>How long the items took to run that this worker answered; <c>null</c> before the first.</summary>
    public ItemTimes? ItemTimes { get; init; }

    /// <summary>Where this worker's time went, from its launch on.</summary>
    public WorkerTimes WorkerTimes { get; init; }

    /// <summary>Workers that died or could not be started in this slot, one after the other. Range: 0 and up.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Time until the next start; <c>null</c> unless the slot is backing off.</summary>
    public TimeSpan? NextStartIn { get; init; }

    /// <summary>Why the last start failed, for a person; empty when it did not.</summary>
    public string StartFailure { get; init; } = "";

    internal static WorkerStatus From(V1.WorkerStatus worker) => new()
    {
        Name = worker.Name,
        Slot = (int)worker.Slot,
        State = Enum.IsDefined((WorkerState)worker.State) ? (WorkerState)worker.State : WorkerState.Unknown,
        Incarnation = (long)worker.Incarnation,
        ProcessId = worker.HasProcessId ? worker.ProcessId : null,
        RunningItems = (int)worker.RunningItems,
        JobId = worker.JobId,
        ItemIndex = worker.HasItemIndex ? (long)worker.ItemIndex : null,
        ItemRunningFor = worker.ItemRunningFor?.ToTimeSpan(),
        AnsweredItems = (long)worker.AnsweredItems,
        InFlightItems = (long)worker.InFlightItems,
        CpuTime = worker.CpuTime?.ToTimeSpan(),
        MemoryBytes = (long)worker.MemoryBytes,
        Restarts = (long)worker.Restarts,
        LastDeath = worker.LastDeath,
        ReadySince = worker.ReadySince?.ToDateTimeOffset(),
        ItemTimes = ItemTimes.From(worker.ItemTimes),
        WorkerTimes = WorkerTimes.From(worker.WorkerTimes),
        FailuresInARow = (int)worker.FailuresInARow,
        NextStartIn = worker.NextStartIn?.ToTimeSpan(),
        StartFailure = worker.StartFailure,
    };
}
