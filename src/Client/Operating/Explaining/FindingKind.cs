namespace WorkerPool.Client;

/// <summary>What kind of thing was found.</summary>
public enum FindingKind
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>The job is over.</summary>
    JobEnded = 1,

    /// <summary>Items are being answered, at such a rate.</summary>
    Progress = 2,

    /// <summary>All that came is answered, and the client has not sent the next items.</summary>
    AwaitingItems = 3,

    /// <summary>Items of a fixed chunk size wait for the rest of their chunk.</summary>
    AwaitingChunk = 4,

    /// <summary>The shared arguments have not come whole.</summary>
    AwaitingSharedArguments = 5,

    /// <summary>Results that the client has not taken fill the window, in items or in bytes: nothing more is sent or run.</summary>
    WindowFull = 6,

    /// <summary>Items that wait for workers fill the window: the client waits for workers.</summary>
    QueueFull = 7,

    /// <summary>An item has run much longer than the job's others.</summary>
    Straggler = 8,

    /// <summary>Results wait for one with a lower index, as the order of the input wants it.</summary>
    HeldByOrder = 9,

    /// <summary>What comes before the first item runs on a worker: a constructor, shared arguments, an initializer.</summary>
    Preparing = 10,

    /// <summary>No worker takes chunks: they are being started, or cannot be.</summary>
    NoWorkerReady = 11,

    /// <summary>A worker died or could not be started, and the next start waits.</summary>
    WorkerRestarting = 12,

    /// <summary>All workers have items of other jobs.</summary>
    OtherJobs = 13,

    /// <summary>The job has as many workers as its limit lets it have, and others are idle.</summary>
    WorkerLimit = 14,

    /// <summary>Items wait to be tried again, after a failure or under suspicion.</summary>
    AwaitingRerun = 15,

    /// <summary>Workers died while they had items of it.</summary>
    WorkersDied = 16,

    /// <summary>Items have failed.</summary>
    ItemsFailed = 17,

    /// <summary>The pool takes no more jobs and ends those that are open when its grace has passed.</summary>
    PoolDraining = 18,

    /// <summary>The pool, or the caller, has as many jobs open as it may: further ones are refused.</summary>
    AdmissionFull = 19,

    /// <summary>The first answer is still to come: items run.</summary>
    FirstItems = 20,

    /// <summary>Nothing is left to run, and results wait for the client to take them.</summary>
    UnreadResults = 21,

    /// <summary>Items of the job wait on a worker behind one of another job that runs long.</summary>
    QueuedBehind = 22,
}
