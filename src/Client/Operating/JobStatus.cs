namespace WorkerPool.Client;

/// <summary>A job as it is at a moment, or as it ended.</summary>
public sealed record JobStatus
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is in its life.</summary>
    public JobState State { get; init; }

    /// <summary>Name of the function.</summary>
    public string Function { get; init; } = "";

    /// <summary>Whether results are delivered in the order of the input.</summary>
    public bool Ordered { get; init; }

    /// <summary>What people call it. May be empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>Who opened it: the caller's address; empty where it is not known.</summary>
    public string Caller { get; init; } = "";

    /// <summary>What became of its items so far. While it runs, what is open is in <c>Accepted</c> alone.</summary>
    public JobLedger Ledger { get; init; }

    /// <summary>Number of items; <c>null</c> where it is not known.</summary>
    public long? ItemCount { get; init; }

    /// <summary>Items answered over items there are. Range: 0 to 1; <c>null</c> where that is not known.</summary>
    public double? Progress { get; init; }

    /// <summary>Items answered a second, over the job's life. Range: 0 and up.</summary>
    public double ItemsPerSecond { get; init; }

    /// <summary>Time left at that rate; <c>null</c> where that is not known.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Workers that have items of it now. Range: 0 and up.</summary>
    public int WorkersInUse { get; init; }

    /// <summary>Items in the chunk given out last. Range: 0 (none yet) and up.</summary>
    public int ChunkSizeNow { get; init; }

    /// <summary>Items that wait for a worker. Range: 0 and up.</summary>
    public long WaitingItems { get; init; }

    /// <summary>Items that workers have. Range: 0 and up.</summary>
    public long InFlightItems { get; init; }

    /// <summary>Results that wait for their turn or for their reader. Range: 0 and up.</summary>
    public long HeldResults { get; init; }

    /// <summary>Time that workers spent running its items, summed over workers.</summary>
    public TimeSpan Busy { get; init; }

    /// <summary>When it was opened, by the clock of the Supervisor.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>From its start until now, or until its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How that time divides into stages.</summary>
    public JobTimes Times { get; init; }

    /// <summary>Workers that died while they had items of it. Range: 0 and up.</summary>
    public int WorkerRestarts { get; init; }

    /// <summary>Why it was cancelled or failed, for a person. Empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>The UPPER_SNAKE reason of that. Empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The most workers it may have at once. Range: 1 and up; <c>null</c> where there is no limit.</summary>
    public int? MaxWorkers { get; init; }

    /// <summary>Its share of worker time in proportion to other jobs'. Range: above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its items that run now, by worker: one a worker at most.</summary>
    public IReadOnlyList<RunningItem> RunningItems { get; init; } = [];

    /// <summary>How long its items took to run, of all workers together; <c>null</c> before the first answer.</summary>
    public ItemTimes? ItemTimes { get; init; }

    /// <summary>The same for each worker: of the 64 that answered most. None in a listing.</summary>
    public IReadOnlyList<WorkerItemTimes> WorkerItemTimes { get; init; } = [];

    /// <summary>The same for all jobs and calls of its function since the pool's start; <c>null</c> in a listing.</summary>
    public ItemTimes? FunctionItemTimes { get; init; }

    /// <summary>
    /// Where the time of workers went while it was open: what it made them do, and what they did not do for want of work.
    /// </summary>
    public WorkerTimes WorkerTimes { get; init; }

    /// <summary>Its slowest items, the slowest first: up to 10. None in a listing.</summary>
    public IReadOnlyList<SlowItem> SlowestItems { get; init; } = [];

    /// <summary>Its first failed items, as they were answered: up to 20; <see cref="Ledger"/> counts all. None in a listing.</summary>
    public IReadOnlyList<FailedItem> FailedItems { get; init; } = [];

    /// <summary>How often its items were tried.</summary>
    public JobAttempts Attempts { get; init; }

    internal static JobStatus From(V1.JobStatus job) => new()
    {
        Id = job.Id,
        State = Enum.IsDefined((JobState)job.State) ? (JobState)job.State : JobState.Unknown,
        Function = job.Function,
        Ordered = job.Order != V1.Order.Completion,
        Label = job.Label,
        Caller = job.Caller,
        Ledger = LedgerOf(job.Ledger ?? new V1.Ledger()),
        ItemCount = job.HasItemCount ? (long)job.ItemCount : null,
        Progress = job.HasProgress ? job.Progress : null,
        ItemsPerSecond = job.ItemsPerSecond,
        TimeLeft = job.TimeLeft?.ToTimeSpan(),
        WorkersInUse = (int)job.WorkersInUse,
        ChunkSizeNow = (int)job.ChunkSizeNow,
        WaitingItems = (long)job.WaitingItems,
        InFlightItems = (long)job.InFlightItems,
        HeldResults = (long)job.HeldResults,
        Busy = job.Busy?.ToTimeSpan() ?? default,
        Started = job.Started?.ToDateTimeOffset() ?? default,
        Elapsed = job.Elapsed?.ToTimeSpan() ?? default,
        Times = TimesOf(job.Times ?? new V1.JobTimes()),
        WorkerRestarts = (int)job.WorkerRestarts,
        Message = job.Message,
        Reason = job.Reason,
        MaxWorkers = job.MaxWorkers == 0 ? null : (int)job.MaxWorkers,
        Weight = job.Weight,
        RunningItems = [.. job.RunningItems.Select(RunningItem.From)],
        ItemTimes = ItemTimes.From(job.ItemTimes),
        WorkerItemTimes = [.. job.WorkerItemTimes.Where(worker => worker.Times is not null).Select(worker => new WorkerItemTimes(worker.Worker, ItemTimes.From(worker.Times)!))],
        FunctionItemTimes = ItemTimes.From(job.FunctionItemTimes),
        WorkerTimes = WorkerTimes.From(job.WorkerTimes),
        SlowestItems = [.. job.SlowestItems.Select(SlowItem.From)],
        FailedItems = [.. job.FailedItems.Select(FailedItem.From)],
        Attempts = JobAttempts.From(job.Attempts),
    };

    private static JobTimes TimesOf(V1.JobTimes times) => new(
        times.AwaitingItems?.ToTimeSpan() ?? default,
        times.AwaitingWorkers?.ToTimeSpan() ?? default,
        times.Running?.ToTimeSpan() ?? default,
        times.AwaitingReader?.ToTimeSpan() ?? default);

    private static JobLedger LedgerOf(V1.Ledger ledger) =>
        new((long)ledger.Accepted, (long)ledger.Succeeded, (long)ledger.Failed, (long)ledger.Cancelled);
}
