using WorkerPool.Bench.Measuring;
using WorkerPool.Local;

namespace WorkerPool.Bench.Workloads;

/// <summary>From the start of a local pool to its first result, in a process that has done nothing else. A case is any name.</summary>
internal sealed class StartWorkload : IWorkload
{
    public const string Name = "start-local";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        var start = TimeProvider.System.GetTimestamp();
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = $"{Order.Workers}" });
        await foreach (var square in pool.ImapAsync<long, long>("square", [12]))
        {
            var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            WrongResultException.Unless(square == 144, $"the square of 12 is not {square}");
            report(new Reading(order.Cases[0], Metrics.FirstResult, took));
        }
    }
}
