namespace WorkerPool.Client.Mapping;

/// <summary>Work under way on a pool.</summary>
internal interface IEndable
{
    /// <summary>Completes when the pool has no part in it any more. Never faults.</summary>
    Task Ended { get; }

    /// <summary>Ends it at once, because the pool was terminated.</summary>
    void Terminate();
}
