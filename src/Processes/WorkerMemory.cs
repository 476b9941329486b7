namespace WorkerPool.Processes;

/// <summary>What a worker may hold of memory, in bytes; <c>null</c>: no limit.</summary>
/// <param name="Limit">Above it, it is killed.</param>
/// <param name="RecycleAbove">Above it, it is replaced once its item is done.</param>
/// <param name="HeapLimit">The most its managed heap may hold.</param>
public readonly record struct WorkerMemory(long? Limit, long? RecycleAbove, long? HeapLimit)
{
    // Of a container's memory, for the keeper.
    private const double KeeperShare = 0.2;
    private const long MostForKeeper = 512L << 20;

    // Beside the managed heap a worker has its code, its threads' stacks and native memory.
    private const double HeapShare = 0.75;
    private const double RecycleShare = 0.9;

    /// <summary>As it is told, else by the container.</summary>
    /// <param name="limit">The limit, in bytes; 0: by the container.</param>
    /// <param name="recycleAbove">Above which memory it is to be replaced, in bytes; 0: nine tenths of the limit.</param>
    /// <param name="workers">Workers that share the container's memory. Range: 1 and up.</param>
    /// <param name="containerLimit">The container's limit, in bytes; <c>null</c>: none.</param>
    public static WorkerMemory Of(long limit, long recycleAbove, int workers, long? containerLimit)
    {
        long? share = containerLimit is { } all
            ? (long)(all - Math.Min(all * KeeperShare, MostForKeeper)) / workers
            : null;
        var most = limit > 0 ? limit : share;
        return new WorkerMemory(
            most,
            recycleAbove > 0 ? recycleAbove : (long?)(most * RecycleShare),
            (long?)(most * HeapShare));
    }
}
