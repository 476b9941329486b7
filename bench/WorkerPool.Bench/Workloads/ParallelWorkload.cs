using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>Squares in this process, by <see cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>: what work costs that nothing isolates.</summary>
internal sealed class ParallelWorkload : IWorkload
{
    public const string Name = "square-parallel";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        var meter = new ThroughputMeter(order);
        foreach (var name in order.Cases)
        {
            meter.Add(name, SquareAsync);
        }

        await meter.MeasureAsync(report);
    }

    private static async Task SquareAsync(int count)
    {
        var squares = new long[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Order.Workers }, (i, _) =>
        {
            squares[i] = (long)i * i;
            return ValueTask.CompletedTask;
        });
        WrongResultException.Unless(squares.Index().All(square => square.Item == (long)square.Index * square.Index), "a square is wrong");
    }
}
