using WorkerPool.Bench.Statistics;

namespace WorkerPool.Bench.Measuring;

/// <summary>Measures how long single calls take, one after another, after a warm-up. The peers in Python do the same.</summary>
/// <param name="order">How long.</param>
internal sealed class LatencyMeter(Order order)
{
    private const double Stretches = 2;

    /// <summary>Measures.</summary>
    /// <param name="call">Makes a call with a number.</param>
    /// <returns>Seconds.</returns>
    public async Task<Sample> MeasureAsync(Func<long, Task> call)
    {
        await RunAsync(call, Math.Max(order.WarmUpSeconds, order.CompileSeconds));
        return new Sample(await RunAsync(call, order.Seconds * Stretches));
    }

    private static async Task<List<double>> RunAsync(Func<long, Task> call, double seconds)
    {
        var time = TimeProvider.System;
        var took = new List<double>();
        var begin = time.GetTimestamp();
        for (var number = 0L; number == 0 || time.GetElapsedTime(begin).TotalSeconds < seconds; number++)
        {
            var start = time.GetTimestamp();
            await call(number);
            took.Add(time.GetElapsedTime(start).TotalSeconds);
        }

        return took;
    }
}
