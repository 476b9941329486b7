using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>Ten million integers from an iterator, read more slowly than they could come: what Supervisor and client hold meanwhile.</summary>
internal sealed class MemoryWorkload : IWorkload
{
    public const string Name = "memory-remote";
    private const int Items = 10_000_000;
    private const int ItemsPerSecond = 500_000;
    private const int Stretch = 25_000;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote: true, Order.Workers);
        var count = Math.Max(Stretch, (int)(Items * order.Scale));
        foreach (var name in order.Cases)
        {
            var supervisor = new MemoryPeaks(started.Supervisor.ProcessId);
            var client = new MemoryPeaks(Environment.ProcessId);
            await ReadSlowlyAsync(started.Pool, count);
            await supervisor.DisposeAsync();
            await client.DisposeAsync();
            report(new Reading(name, Metrics.SupervisorPeak, supervisor.Most));
            report(new Reading(name, Metrics.ClientPeak, client.Most));
            report(new Reading(name, Metrics.SupervisorGrowth, supervisor.Growth));
            report(new Reading(name, Metrics.ClientGrowth, client.Growth));
        }
    }

    private static async Task ReadSlowlyAsync(Client.Pool pool, int count)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var came = 0L;
        await foreach (var square in pool.ImapAsync<long, long>("square", Enumerable.Range(0, count).Select(i => (long)i)))
        {
            WrongResultException.Unless(square == came * came, $"the square of {came} is not {square}");
            if (++came % Stretch == 0 && TimeSpan.FromSeconds((double)came / ItemsPerSecond) - time.GetElapsedTime(start) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, time);
            }
        }

        WrongResultException.Unless(came == count, $"{came} of {count} squares came");
    }
}
