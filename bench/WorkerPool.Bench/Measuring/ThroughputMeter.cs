namespace WorkerPool.Bench.Measuring;

/// <summary>
/// Measures items a second. Runs get longer until one takes a quarter of the time that is to be measured, and the warm-up is over;
/// then one is measured, of so many items as should take all of it. The peers in Python do the same.
/// </summary>
/// <param name="order">How long.</param>
internal sealed class ThroughputMeter(Order order)
{
    private const int First = 64;
    private const int Most = 50_000_000;

    /// <summary>Measures.</summary>
    /// <param name="run">Runs a number of items.</param>
    /// <returns>Items a second.</returns>
    public async Task<double> MeasureAsync(Func<int, Task> run)
    {
        var count = First;
        for (var warmUp = 0.0; ;)
        {
            var took = await TimeAsync(run, count);
            warmUp += took;
            var isLong = took >= order.Seconds / 4;
            if (isLong && warmUp >= order.WarmUpSeconds)
            {
                count = (int)Math.Clamp(count * order.Seconds / took, 1, Most);
                return count / await TimeAsync(run, count);
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
