using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching;

/// <summary>What a worker may hold of memory, in bytes; <c>null</c>: no limit.</summary>
/// <param name="Limit">Above it, it is killed.</param>
/// <param name="RecycleAbove">Above it, it is replaced once its item is done.</param>
/// <param name="HeapLimit">The most its managed heap may hold.</param>
internal readonly record struct WorkerMemory(long? Limit, long? RecycleAbove, long? HeapLimit)
{
    // Of a container's memory, for the Supervisor.
    private const double SupervisorShare = 0.2;
    private const long MostForSupervisor = 512L << 20;

    // Beside the managed heap a worker has its code, its threads' stacks and native memory.
    private const double HeapShare = 0.75;
    private const double RecycleShare = 0.9;

    /// <summary>By the options, else by the container.</summary>
    /// <param name="options">How the pool is made.</param>
    public static WorkerMemory Of(PoolOptions options)
    {
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var workers);
        return Of(options, workers + options.Spares, ControlGroup.Own.MemoryLimit);
    }

    /// <summary>By the options, else by a container.</summary>
    /// <param name="options">How the pool is made.</param>
    /// <param name="workers">Workers that share the container's memory. Range: 1 and up.</param>
    /// <param name="containerLimit">The container's limit, in bytes; <c>null</c>: none.</param>
    public static WorkerMemory Of(PoolOptions options, int workers, long? containerLimit)
    {
        long? share = containerLimit is { } all
            ? (long)(all - Math.Min(all * SupervisorShare, MostForSupervisor)) / workers
            : null;
        var limit = options.MemoryLimit > 0 ? options.MemoryLimit : share;
        return new WorkerMemory(
            limit,
            options.RecycleAboveMemory > 0 ? options.RecycleAboveMemory : (long?)(limit * RecycleShare),
            (long?)(limit * HeapShare));
    }
}
