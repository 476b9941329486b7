using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>
/// Items that sleep for 10 ms, one a chunk: what a number of workers does over so many times what a worker could at best, which is
/// the time that the items took. A case is a number of workers.
/// </summary>
internal sealed class WaitingWorkload : IWorkload
{
    public const string Name = "waiting-local";
    private const double ItemSeconds = 0.01;
    private const double Stretches = 2;

    // So many take as long to compile what is hot as others are given, and more of them longer: they all do it at the same time.
    private const double ManyWorkers = 16;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        foreach (var name in order.Cases)
        {
            var workers = int.Parse(name, CultureInfo.InvariantCulture);
            await using var started = await PoolUnderTest.StartAsync(isRemote: false, workers, withFunctions: true);
            await RunAsync(started.Pool, workers, order.CompileSeconds * Math.Clamp(workers / ManyWorkers, 1.0 / 3, 2));
            report(new Reading(name, Metrics.OfLinear, 100 * await RunAsync(started.Pool, workers, order.Seconds * Stretches)));
        }
    }

    private static async Task<double> RunAsync(Pool pool, int workers, double seconds)
    {
        var count = workers * Math.Max(1, (int)(seconds / ItemSeconds));
        var start = TimeProvider.System.GetTimestamp();
        var slept = await pool.MapAsync<double, double>("bench_sleep", Enumerable.Repeat(ItemSeconds, count), new MapOptions { ChunkSize = 1 });
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        WrongResultException.Unless(slept.Length == count && slept.All(each => each >= ItemSeconds * 0.99), "an item did not sleep for its time");
        return slept.Sum() / (workers * took);
    }
}
