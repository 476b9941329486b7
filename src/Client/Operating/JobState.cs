namespace WorkerPool.Client;

/// <summary>Where a job is in its life.</summary>
public enum JobState
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>Open: items are taken, run and answered.</summary>
    Running = 1,

    /// <summary>Every item was answered.</summary>
    Completed = 2,

    /// <summary>An item failed and the job was to stop then.</summary>
    Stopped = 3,

    /// <summary>Ended by its caller or by <see cref="PoolAdmin.CancelJobAsync"/>.</summary>
    Cancelled = 4,

    /// <summary>Ended with an error of the pool or of its caller's protocol.</summary>
    Failed = 5,
}
