namespace WorkerPool.Client;

/// <summary>Where a pool is in its life.</summary>
public enum PoolState
{
    /// <summary>The pool said something that this release of the SDK does not know.</summary>
    Unknown = 0,

    /// <summary>No worker has introduced itself yet.</summary>
    Starting = 1,

    /// <summary>It takes jobs.</summary>
    Ready = 2,

    /// <summary>It takes no jobs, because no worker can start.</summary>
    Broken = 3,

    /// <summary>It takes no jobs, because it is going away.</summary>
    Draining = 4,
}
