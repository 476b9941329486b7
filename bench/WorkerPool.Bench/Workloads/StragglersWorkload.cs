using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Statistics;

namespace WorkerPool.Bench.Workloads;

/// <summary>
/// Items of very different times, which sleep, with chunks that the pool chooses: the time of the map over that of the list schedule
/// of the times that the items took.
/// </summary>
/// <param name="isRemote">Whether the Supervisor has a process of its own.</param>
internal sealed class StragglersWorkload(bool isRemote) : IWorkload
{
    public const string Local = "stragglers-local";
    public const string Remote = "stragglers-remote";

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote, Order.Workers, withFunctions: true);
        await started.Pool.MapAsync<double, double>("bench_sleep", Enumerable.Repeat(0.001, Math.Max(1, (int)(1000 * order.CompileSeconds / 2))));
        foreach (var name in order.Cases)
        {
            var items = Stragglers.Items(name, order);
            var start = TimeProvider.System.GetTimestamp();
            var slept = await started.Pool.MapAsync<double, double>("bench_sleep", items);
            var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            var isRight = slept.Length == items.Count && slept.Zip(items).All(pair => pair.First >= pair.Second * 0.99);
            WrongResultException.Unless(isRight, "an item did not sleep for its time");
            report(new Reading(name, Metrics.Makespan, took / ListSchedule.Makespan(slept, Order.Workers)));
        }
    }
}
