using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Simulation;
using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Bench.Workloads;

/// <summary>
/// Items given back as they are, one a chunk, by workers in this process, each with its session, so that there can be many: what
/// dispatch gives. A case is a number of workers.
/// </summary>
/// <param name="areSimulated">Whether workers run nothing and have no thread: so that what is measured is the Supervisor.</param>
internal sealed class ManyWorkersWorkload(bool areSimulated) : IWorkload
{
    public const string InProcess = "workers-in-process";
    public const string Simulated = "workers-simulated";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        foreach (var name in order.Cases)
        {
            await using var pool = areSimulated
                ? await SimulatedPool.StartAsync(name)
                : await InProcessPool.StartAsync(new InProcessPoolOptions { Workers = name });
            await PoolUnderTest.AllReadyAsync(pool, int.Parse(name, CultureInfo.InvariantCulture));
            var meter = new ThroughputMeter(order);
            meter.Add(name, count => MapAsync(pool, count));
            await meter.MeasureAsync(report);
        }
    }

    private static async Task MapAsync(Pool pool, int count)
    {
        var came = 0L;
        var values = pool.ImapAsync<long, long>("echo", Enumerable.Range(0, count).Select(i => (long)i), new MapOptions { ChunkSize = 1 });
        await foreach (var value in values)
        {
            WrongResultException.Unless(value == came, $"{value} came for {came}");
            came++;
        }

        WrongResultException.Unless(came == count, $"{came} of {count} items came");
    }
}
