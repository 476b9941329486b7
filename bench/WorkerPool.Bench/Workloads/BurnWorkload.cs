using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>Items that each use a processor for 10 ms: how much of the processors' time they get, with chunks that the pool chooses.</summary>
/// <param name="isRemote">Whether the Supervisor has a process of its own.</param>
internal sealed class BurnWorkload(bool isRemote) : IWorkload
{
    public const string Local = "burn-local";
    public const string Remote = "burn-remote";
    private const double ItemSeconds = 0.01;

    // Many of them, so that what is called often is compiled before it is measured.
    private const double WarmUpItemSeconds = 50e-6;
    private const double Stretches = 3;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote, Order.Workers, withFunctions: true);
        await RunAsync(started.Pool, order.CompileSeconds / 2, WarmUpItemSeconds);

        // For longer: what is compiled meanwhile has to share the processors with items that leave it little.
        await RunAsync(started.Pool, order.CompileSeconds * 1.5, ItemSeconds);
        foreach (var name in order.Cases)
        {
            report(new Reading(name, Metrics.OfIdeal, 100 * await RunAsync(started.Pool, order.Seconds * Stretches, ItemSeconds)));
        }
    }

    private static async Task<double> RunAsync(Client.Pool pool, double seconds, double itemSeconds)
    {
        var count = Math.Max(Order.Workers, (int)(seconds * Order.Workers / itemSeconds));
        var start = TimeProvider.System.GetTimestamp();
        var burnt = await pool.MapAsync<double, double>("bench_burn", Enumerable.Repeat(itemSeconds, count));
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        WrongResultException.Unless(burnt.Length == count && burnt.All(each => each >= itemSeconds), "an item did not run for its time");
        return burnt.Sum() / (Order.Workers * took);
    }
}
