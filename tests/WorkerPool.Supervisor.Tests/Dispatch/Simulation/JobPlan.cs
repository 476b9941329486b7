namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>One job of a scenario.</summary>
/// <param name="IsOrdered">Whether its results come in the order of the input.</param>
/// <param name="ChunkSize">Items a chunk; 0: automatic.</param>
/// <param name="StopsOnError">Whether it stops at the first item that fails for good.</param>
/// <param name="MaxRetries">How often a throwing item is tried again.</param>
/// <param name="WindowItems">Its window in items.</param>
/// <param name="WindowBytes">Its window in bytes.</param>
/// <param name="ItemNanoseconds">How long an item takes.</param>
/// <param name="KnowsItemCount">Whether its start tells how many items come.</param>
/// <param name="MaxWorkers">The most workers that may have items of it; 0: no limit.</param>
/// <param name="Weight">Its share of worker time.</param>
/// <param name="Items">Its items.</param>
public sealed record JobPlan(
    bool IsOrdered,
    int ChunkSize,
    bool StopsOnError,
    int MaxRetries,
    int WindowItems,
    int WindowBytes,
    long ItemNanoseconds,
    bool KnowsItemCount,
    int MaxWorkers,
    double Weight,
    ItemPlan[] Items)
{
    /// <summary>Items one by one, in order, all of which succeed.</summary>
    /// <param name="items">How many.</param>
    /// <param name="itemNanoseconds">How long each takes.</param>
    public static JobPlan Singles(int items, long itemNanoseconds = 1_000) => new(
        true, 1, false, 0, 100, 1000, itemNanoseconds, false, 0, 1, [.. Enumerable.Repeat(new ItemPlan(0, 1, 1, ItemFate.Succeeds, 0), items)]);
}
