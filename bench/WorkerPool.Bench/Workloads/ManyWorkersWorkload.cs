using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Bench.Workloads;

/// <summary>
/// Squares, one a chunk, on workers that are threads of this process, each with its session, so that there can be many:
/// what dispatch gives. A case is a number of workers.
/// </summary>
internal sealed class ManyWorkersWorkload : IWorkload
{
    public const string Name = "workers-in-process";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        foreach (var name in order.Cases)
        {
            await using var pool = await InProcessPool.StartAsync(new InProcessPoolOptions { Workers = name });
            await PoolUnderTest.AllReadyAsync(pool, int.Parse(name, CultureInfo.InvariantCulture));
            var meter = new ThroughputMeter(order);
            meter.Add(name, count => MapAsync(pool, count));
            await meter.MeasureAsync(report);
        }
    }

    private static async Task MapAsync(Pool pool, int count)
    {
        var came = 0L;
        var values = pool.ImapAsync<long, long>("square", Enumerable.Range(0, count).Select(i => (long)i), new MapOptions { ChunkSize = 1 });
        await foreach (var square in values)
        {
            WrongResultException.Unless(square == came * came, $"the square of {came} is not {square}");
            came++;
        }

        WrongResultException.Unless(came == count, $"{came} of {count} squares came");
    }
}
