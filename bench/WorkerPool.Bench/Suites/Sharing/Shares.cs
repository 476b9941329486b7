using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.Sharing;

/// <summary>What share of worker time each of several jobs gets that all have more to do than there is time for.</summary>
/// <param name="pool">The pool.</param>
/// <param name="admin">The same pool, to read its jobs' accounts.</param>
internal sealed class Shares(Pool pool, PoolAdmin admin)
{
    private const double ItemSeconds = 0.002;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(4);

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public async Task RunAsync(TextWriter output)
    {
        var limit = await LimitForAsync(ItemSeconds);
        var table = new Table(
            $"Shares of worker time: CPU-bound items of about {ItemSeconds * 1000} ms (count_primes below {limit}), {Period.TotalSeconds} s",
            "weights", "shares in %", "Jain index", "largest deviation in %");
        foreach (var weights in new double[][] { [1, 1, 1, 1], [3, 1], [3, 1, 1, 1] })
        {
            var measured = await Median.OfAsync(async () =>
            {
                var shares = await MeasureAsync(limit, weights);
                var relative = shares.Select((share, i) => share / weights[i] * weights.Sum()).ToList();
                var jain = Math.Pow(relative.Sum(), 2) / (relative.Count * relative.Sum(share => share * share));
                return [jain, relative.Max(share => Math.Abs(share - 1)), .. shares];
            });
            table.Add(
                $"{string.Join(" : ", weights)}",
                $"{string.Join(" : ", measured[2..].Select(share => FormattableString.Invariant($"{share * 100:F1}")))}",
                $"{measured[0]:F4}",
                $"{measured[1] * 100:F1}");
        }

        await table.PrintAsync(output);
    }

    // Each job has a client of its own, as jobs of several people have.
    private async Task<double[]> MeasureAsync(long limit, double[] weights)
    {
        using var over = new CancellationTokenSource();
        var label = Guid.NewGuid().ToString();
        var running = weights.Select((weight, i) => RunAsync(limit, new MapOptions { Weight = weight, Label = $"{label} {i}" }, over.Token)).ToList();
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = await BusyAsync(label, weights.Length);
        await Task.Delay(Period, TimeProvider.System);
        var after = await BusyAsync(label, weights.Length);
        await over.CancelAsync();
        await Task.WhenAll(running);
        var used = after.Zip(before, (late, early) => (late - early).TotalSeconds).ToList();
        return [.. used.Select(seconds => seconds / used.Sum())];
    }

    private async Task RunAsync(long limit, MapOptions options, CancellationToken over)
    {
        await using var client = Pool.Connect(pool.Address);
        try
        {
            await foreach (var _ in client.ImapUnorderedAsync<long, long>("count_primes", Enumerable.Repeat(limit, int.MaxValue), options, over))
            {
                // Until it is told to end.
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to.
        }
    }

    private async Task<List<TimeSpan>> BusyAsync(string label, int count)
    {
        var jobs = await admin.ListJobsAsync().Where(job => job.Label.StartsWith(label, StringComparison.Ordinal)).ToListAsync();
        return jobs.Count == count
            ? [.. jobs.OrderBy(job => job.Label, StringComparer.Ordinal).Select(job => job.Busy)]
            : throw new InvalidOperationException($"{jobs.Count} of {count} jobs had begun");
    }

    private async Task<long> LimitForAsync(double seconds)
    {
        const int Items = 50;
        for (var limit = 100_000L; ; limit = limit * 5 / 4)
        {
            var map = pool.ImapOutcomesAsync<long, long>("count_primes", Enumerable.Repeat(limit, Items));
            await map.CountAsync();
            if (map.Summary!.Busy.TotalSeconds / Items >= seconds)
            {
                return limit;
            }
        }
    }
}
