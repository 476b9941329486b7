namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>What kind of thing happened to a pool.</summary>
public enum EventKind
{
    /// <summary>A worker takes chunks.</summary>
    WorkerReady,

    /// <summary>A worker died that was not to.</summary>
    WorkerDied,

    /// <summary>A worker ended that was to.</summary>
    WorkerEnded,

    /// <summary>A worker could not be started.</summary>
    WorkerStartFailed,

    /// <summary>No worker can start: the pool takes no jobs.</summary>
    PoolBroken,

    /// <summary>The number of workers was changed.</summary>
    PoolResized,

    /// <summary>The pool takes no more jobs.</summary>
    PoolDraining,

    /// <summary>A job was opened.</summary>
    JobStarted,

    /// <summary>A job is over.</summary>
    JobEnded,
}

/// <summary>Something that happened to a pool.</summary>
/// <param name="Sequence">Its number; rises by one. Range: 1 and up.</param>
/// <param name="Time">When.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Message">In a sentence.</param>
/// <param name="Worker">The worker it is about; empty if about none.</param>
/// <param name="JobId">The job it is about; empty if about none.</param>
public sealed record PoolEvent(long Sequence, DateTimeOffset Time, EventKind Kind, string Message, string Worker, string JobId);
