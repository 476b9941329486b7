namespace WorkerPool.Bench.Measuring;

/// <summary>
/// Measures items a second of the cases of an order. Of each case runs get longer until one takes a quarter of the time that is to be
/// measured, and its warm-up is over; then one is measured, of so many items as should take all of it. The peers in Python do the
/// same. Ours go through all cases before, until .NET has compiled what is hot.
/// </summary>
/// <param name="order">How long.</param>
/// <param name="unit">What to measure, of so many units an item: <see cref="Metrics.ItemsPerSecond"/> with 1.</param>
internal sealed class ThroughputMeter(Order order, string unit = Metrics.ItemsPerSecond)
{
    private const int First = 64;
    private const int Most = 50_000_000;
    private readonly List<(string Case, Func<int, Task> Run, double Units)> _cases = [];

    /// <summary>Adds a case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="run">Runs a number of items.</param>
    /// <param name="units">Units an item. Default: 1.</param>
    public void Add(string name, Func<int, Task> run, double units = 1) => _cases.Add((name, run, units));

    /// <summary>Measures all cases.</summary>
    /// <param name="report">Takes what was measured.</param>
    public async Task MeasureAsync(Action<Reading> report)
    {
        foreach (var each in _cases)
        {
            await WarmUpAsync(each.Run, order.CompileSeconds / _cases.Count);
        }

        foreach (var each in _cases)
        {
            var (count, took) = await WarmUpAsync(each.Run, order.WarmUpSeconds);
            var measured = (int)Math.Clamp(count * order.Seconds / took, 1, Most);
            report(new Reading(each.Case, unit, measured * each.Units / await TimeAsync(each.Run, measured)));
        }
    }

    private async Task<(int Count, double Seconds)> WarmUpAsync(Func<int, Task> run, double seconds)
    {
        var count = First;
        for (var sum = 0.0; ;)
        {
            var took = await TimeAsync(run, count);
            sum += took;
            var isLong = took >= order.Seconds / 4;
            if (isLong && sum >= seconds)
            {
                return (count, took);
            }

            count = isLong ? count : count * 2;
        }
    }

    private static async Task<double> TimeAsync(Func<int, Task> run, int count)
    {
        var start = TimeProvider.System.GetTimestamp();
        await run(count);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
