namespace WorkerPool.Client;

/// <summary>Where a slot is in its life.</summary>
public enum WorkerState
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>No worker, none asked for yet.</summary>
    Vacant = 1,

    /// <summary>A worker is being launched and introduced.</summary>
    Starting = 2,

    /// <summary>A worker takes chunks and has none.</summary>
    Idle = 3,

    /// <summary>A worker has items.</summary>
    Busy = 4,

    /// <summary>The last start failed; the next waits.</summary>
    BackingOff = 5,

    /// <summary>A worker has been asked to end.</summary>
    Stopping = 6,

    /// <summary>No worker, and none will come.</summary>
    Stopped = 7,
}
