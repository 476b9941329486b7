using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>Byte items there and back, in order, with chunks that the pool chooses. A case is a size.</summary>
/// <param name="isRemote">Whether the Supervisor has a process of its own.</param>
internal sealed class EchoWorkload(bool isRemote) : IWorkload
{
    public const string Local = "echo-local";
    public const string Remote = "echo-remote";
    public const string KiB1 = "1 KiB";
    public const string KiB64 = "64 KiB";
    public const string MiB1 = "1 MiB";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote, Order.Workers);
        var meter = new ThroughputMeter(order, Metrics.BytesPerSecond);
        foreach (var name in order.Cases)
        {
            var items = new ByteItems(ByteItems.SizeOf(name));
            meter.Add(name, count => EchoAsync(started.Pool, items, count), items.Size);
        }

        await meter.MeasureAsync(report);
    }

    private static async Task EchoAsync(Pool pool, ByteItems items, int count)
    {
        var came = 0;
        await foreach (var value in pool.ImapAsync<byte[], byte[]>("echo", items.Take(count)))
        {
            items.Check(came++, value);
        }

        WrongResultException.Unless(came == count, $"{came} of {count} items came");
    }
}
