namespace WorkerPool.Client;

/// <summary>What kind of thing happened.</summary>
public enum PoolEventKind
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>A worker takes chunks.</summary>
    WorkerReady = 1,

    /// <summary>A worker died that was not to.</summary>
    WorkerDied = 2,

    /// <summary>A worker ended that was to.</summary>
    WorkerEnded = 3,

    /// <summary>A worker could not be started.</summary>
    WorkerStartFailed = 4,

    /// <summary>No worker can start: the pool takes no jobs.</summary>
    PoolBroken = 5,

    /// <summary>The number of workers was changed.</summary>
    PoolResized = 6,

    /// <summary>The pool takes no more jobs.</summary>
    PoolDraining = 7,

    /// <summary>A job was opened.</summary>
    JobStarted = 8,

    /// <summary>A job is over.</summary>
    JobEnded = 9,
}
