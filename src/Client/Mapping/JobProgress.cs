namespace WorkerPool.Client;

/// <summary>How far a started job is.</summary>
/// <param name="Succeeded">Items that have a value. Range: 0 and up.</param>
/// <param name="Failed">Items that failed. Range: 0 and up.</param>
/// <param name="Total">Items there are; <c>null</c> where the source does not say.</param>
public readonly record struct JobProgress(long Succeeded, long Failed, long? Total)
{
    /// <summary>Items that have been answered, either way.</summary>
    public long Done => Succeeded + Failed;
}
