using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>Single calls, one after another.</summary>
/// <param name="isRemote">Whether the Supervisor has a process of its own.</param>
internal sealed class ApplyWorkload(bool isRemote) : IWorkload
{
    public const string Local = "apply-local";
    public const string Remote = "apply-remote";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote, Order.Workers);
        foreach (var name in order.Cases)
        {
            var took = await new LatencyMeter(order).MeasureAsync(async number =>
            {
                var square = await started.Pool.ApplyAsync<long, long>("square", number);
                WrongResultException.Unless(square == number * number, $"the square of {number} is not {square}");
            });
            report(new Reading(name, Metrics.CallMedian, took.Median));
            report(new Reading(name, Metrics.CallP99, took.Quantile(0.99)));
        }
    }
}
