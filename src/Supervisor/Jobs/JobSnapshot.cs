using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Jobs.Timing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>A job as it was at one moment.</summary>
internal sealed record JobSnapshot
{
    /// <summary>Its number.</summary>
    public required ulong Number { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is to do.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>What became of its items so far.</summary>
    public required JobLedger Ledger { get; init; }

    /// <summary>Workers that have items of it.</summary>
    public int WorkersInUse { get; init; }

    /// <summary>Items in the chunk given out last; 0 before the first.</summary>
    public int ChunkSizeNow { get; init; }

    /// <summary>Items that wait for a worker.</summary>
    public long WaitingItems { get; init; }

    /// <summary>Items that workers have.</summary>
    public long InFlightItems { get; init; }

    /// <summary>Results that wait for their turn or their reader.</summary>
    public long HeldResults { get; init; }

    /// <summary>Time that workers ran its items.</summary>
    public TimeSpan Busy { get; init; }

    /// <summary>The time an item takes as far as is known; <c>null</c> before the first answer.</summary>
    public TimeSpan? ItemTime { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Since then, until now or until its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How that time divides into stages.</summary>
    public JobTimes Times { get; init; }

    /// <summary>Workers that died while they had items of it.</summary>
    public int WorkerRestarts { get; init; }

    /// <summary>Why it was cancelled or failed; <c>null</c> otherwise.</summary>
    public JobFailedException? Failure { get; init; }

    /// <summary>How long its items took to run; <c>null</c> before the first answer.</summary>
    public TimeSummary? ItemTimes { get; init; }

    /// <summary>How long items of its function took, those of all jobs; <c>null</c> where that is not known.</summary>
    public TimeSummary? FunctionTimes { get; init; }

    /// <summary>Time of workers that went before its first items there.</summary>
    public TimeSpan Initializing { get; init; }

    /// <summary>Time that workers had items of it and did not run them.</summary>
    public TimeSpan Sending { get; init; }

    /// <summary>Time that workers of the pool were being started while it was open.</summary>
    public TimeSpan Starting { get; init; }

    /// <summary>Time that workers of the pool were ready and had nothing while it was open.</summary>
    public TimeSpan Waiting { get; init; }

    /// <summary>How often its items were tried.</summary>
    public AttemptCounts Attempts { get; init; }

    /// <summary>What takes up room; <c>null</c> where it was not asked for.</summary>
    public JobDetails? Details { get; init; }

    /// <summary>Items that were answered.</summary>
    public long Answered => Ledger.Succeeded + Ledger.Failed;
}

/// <summary>What of a job takes up room.</summary>
/// <param name="Workers">How long items took by the slots of their workers.</param>
/// <param name="Slowest">The slowest items, the slowest first.</param>
/// <param name="Failed">The first failed items.</param>
internal sealed record JobDetails(
    IReadOnlyList<(int Slot, TimeSummary Times)> Workers, IReadOnlyList<Timing.SlowItem> Slowest, IReadOnlyList<ItemError> Failed);
