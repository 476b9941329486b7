using CsCheck;

namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>Jobs, workers, and the decisions that make one interleaving of what happens to them.</summary>
/// <param name="WorkerCount">Workers there are.</param>
/// <param name="MaxCrashes">Crashes an item may be charged with.</param>
/// <param name="Jobs">The jobs.</param>
/// <param name="Decisions">Numbers that every choice is made by; when they are spent, all goes well until the end.</param>
/// <param name="RecycleAfterItems">Items after which a worker is replaced; 0: never.</param>
/// <param name="Concurrency">Chunks that a worker runs at once.</param>
/// <param name="MostQuickChunks">Quick chunks that workers have together.</param>
public sealed record Scenario(
    int WorkerCount, int MaxCrashes, JobPlan[] Jobs, int[] Decisions, int RecycleAfterItems = 0, int Concurrency = 1, int MostQuickChunks = 8192)
{
    private static readonly Gen<ItemPlan> AnyItem =
        from gap in Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[1, 5]))
        from size in Gen.Frequency((30, Gen.Int[0, 12]), (1, Gen.Int[40, 70]))
        from valueSize in Gen.Frequency((30, Gen.Int[0, 20]), (2, Gen.Int[60, 200]))
        from fate in Gen.Frequency(
            (20, Gen.Const(ItemFate.Succeeds)),
            (3, Gen.Const(ItemFate.Throws)),
            (1, Gen.Const(ItemFate.IsRefused)),
            (1, Gen.Const(ItemFate.IsPoison)))
        from throws in Gen.Int[1, 3]
        select new ItemPlan(gap, size, valueSize, fate, throws);

    private static readonly Gen<JobPlan> AnyJob =
        from isOrdered in Gen.Bool
        from chunkSize in Gen.OneOf(Gen.Const(0), Gen.Int[1, 7])
        from stopsOnError in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        from maxRetries in Gen.Int[0, 2]
        from windowItems in Gen.Int[1, 24]
        from windowBytes in Gen.Int[SimulatedClient.MaxItemBytes * 4, 400]
        from nanoseconds in Gen.OneOf(Gen.Const(1_000L), Gen.Const(300_000L), Gen.Const(8_000_000L), Gen.Const(60_000_000L))
        from knowsItemCount in Gen.Bool
        from maxWorkers in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 3]))
        from weight in Gen.OneOf(Gen.Const(1.0), Gen.Const(0.01), Gen.Const(3.0), Gen.Const(1000.0))
        from items in AnyItem.Array[0, 40]
        select new JobPlan(
            isOrdered, chunkSize, stopsOnError, maxRetries, windowItems, windowBytes, nanoseconds, knowsItemCount, maxWorkers, weight, items);

    /// <summary>Any scenario.</summary>
    public static Gen<Scenario> Any { get; } =
        from workerCount in Gen.Int[1, 4]
        from maxCrashes in Gen.Int[1, 3]
        from jobs in AnyJob.Array[1, 4]
        from decisions in Gen.Int[0, 9999].Array[0, 250]
        from recycleAfterItems in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 6]))
        from concurrency in Gen.Frequency((1, Gen.Const(1)), (1, Gen.Int[2, 4]))
        from mostQuickChunks in Gen.Frequency((1, Gen.Const(8192)), (1, Gen.Int[1, 6]))
        select new Scenario(workerCount, maxCrashes, jobs, decisions, recycleAfterItems, concurrency, mostQuickChunks);

    /// <inheritdoc/>
    public override string ToString() =>
        $"new Scenario({WorkerCount}, {MaxCrashes}, [{string.Join(", ", Jobs.Select(Show))}], [{string.Join(", ", Decisions)}], {RecycleAfterItems}, {Concurrency}, {MostQuickChunks})";

    private static string Show(JobPlan job) => $"{job with { Items = [] }} {string.Join("; ", job.Items.AsEnumerable())}";
}
