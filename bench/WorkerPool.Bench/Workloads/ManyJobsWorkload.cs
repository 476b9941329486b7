using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Statistics;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>Many endless jobs of several clients at once: what they do together, and how evenly. A case is a kind of item and a number of jobs.</summary>
internal sealed class ManyJobsWorkload : IWorkload
{
    public const string Name = "jobs-remote";
    public const string SquaresOfOne = "square, 1 job";
    public const string SquaresOfMany = "square, 32 jobs";
    public const string BurnsOfOne = "1 ms of processor time, 1 job";
    public const string BurnsOfMany = "1 ms of processor time, 32 jobs";
    private const int Clients = 8;
    private const double Stretches = 3;
    private const double BurnSeconds = 0.001;

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await using var started = await PoolUnderTest.StartAsync(isRemote: true, Order.Workers, withFunctions: true);
        foreach (var name in order.Cases)
        {
            var jobs = int.Parse(name.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            var isBurn = name.StartsWith("1 ms", StringComparison.Ordinal);
            var (rate, fairness) = await MeasureAsync(started.Pool.Address, jobs, isBurn, order);
            report(new Reading(name, Metrics.ItemsPerSecond, rate));
            report(new Reading(name, Metrics.Fairness, fairness));
        }
    }

    private static async Task<(double ItemsPerSecond, double Fairness)> MeasureAsync(string address, int jobs, bool isBurn, Order order)
    {
        var clients = Enumerable.Range(0, Math.Min(jobs, Clients)).Select(_ => Pool.Connect(address)).ToList();
        var counts = new Count[jobs];
        using var over = new CancellationTokenSource();
        var running = Enumerable.Range(0, jobs).Select(job =>
        {
            counts[job] = new Count();
            var pool = clients[job % clients.Count];
            return Task.Run(() => isBurn ? BurnAsync(pool, counts[job], over.Token) : SquareAsync(pool, counts[job], over.Token));
        }).ToList();

        // Every job has begun: what is fair among those that run is what is measured.
        while (counts.Any(count => count.Value == 0) && !running.Any(run => run.IsCompleted))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        await Task.Delay(TimeSpan.FromSeconds(order.CompileSeconds / 2), TimeProvider.System);
        var before = counts.Select(count => count.Value).ToList();
        var start = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(order.Seconds * Stretches), TimeProvider.System);
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var done = counts.Zip(before, (count, then) => (double)(count.Value - then)).ToList();
        await over.CancelAsync();
        await Task.WhenAll(running);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        return (done.Sum() / took, done.Sum() == 0 ? 0 : Jain.Index(done));
    }

    private static Task SquareAsync(Pool pool, Count count, CancellationToken over) => RunAsync(
        pool.ImapAsync<long, long>("square", Enumerable.Range(0, int.MaxValue).Select(i => (long)i), cancellationToken: over),
        count,
        (square, index) => square == index * index);

    private static Task BurnAsync(Pool pool, Count count, CancellationToken over) => RunAsync(
        pool.ImapAsync<double, double>("bench_burn", Enumerable.Repeat(BurnSeconds, int.MaxValue), cancellationToken: over),
        count,
        (burnt, _) => burnt >= BurnSeconds);

    private static async Task RunAsync<T>(IAsyncEnumerable<T> values, Count count, Func<T, long, bool> isRight)
    {
        try
        {
            await foreach (var value in values)
            {
                WrongResultException.Unless(isRight(value, count.Value), $"{value} is no value of item {count.Value}");
                count.Value++;
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
    }

    // Written by one, read by another; a value that is a moment old does.
    private sealed class Count
    {
        private long _value;

        public long Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }
    }
}
