using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>Squares of the integers from 0 on. A case is a chunk size, or <see cref="DefaultChunks"/>.</summary>
/// <param name="isRemote">Whether the Supervisor has a process of its own.</param>
/// <param name="isOrdered">Whether results come in order.</param>
internal sealed class SquareWorkload(bool isRemote, bool isOrdered) : IWorkload
{
    /// <summary>The case in which the pool chooses the chunks.</summary>
    public const string DefaultChunks = "default";

    public const string LocalOrdered = "square-local";
    public const string LocalUnordered = "square-local-unordered";
    public const string RemoteOrdered = "square-remote";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote, Order.Workers);
        var meter = new ThroughputMeter(order);
        foreach (var name in order.Cases)
        {
            var options = new MapOptions { ChunkSize = name == DefaultChunks ? null : int.Parse(name, CultureInfo.InvariantCulture) };
            meter.Add(name, count => MapAsync(started.Pool, count, options, isOrdered));
        }

        await meter.MeasureAsync(report);
    }

    /// <summary>Maps the integers from 0 on, and looks at what comes.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">How.</param>
    /// <param name="isOrdered">Whether results come in order. Default: yes.</param>
    public static async Task MapAsync(Pool pool, int count, MapOptions options, bool isOrdered = true)
    {
        var items = Enumerable.Range(0, count).Select(i => (long)i);
        var values = isOrdered ? pool.ImapAsync<long, long>("square", items, options) : pool.ImapUnorderedAsync<long, long>("square", items, options);
        var (came, sum, expectedSum, isInOrder) = (0L, 0L, 0L, true);
        await foreach (var value in values)
        {
            var expected = came * came;
            isInOrder &= value == expected;
            sum += value;
            expectedSum += expected;
            came++;
        }

        WrongResultException.Unless(came == count, $"{came} of {count} squares came");
        WrongResultException.Unless(sum == expectedSum, $"the sum of {count} squares is {expectedSum}, not {sum}");
        WrongResultException.Unless(isInOrder || !isOrdered, $"{count} squares came in another order than asked for");
    }
}
