using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.Sharing;

/// <summary>
/// How much longer than its fair share two very different jobs take beside each other. Of two jobs that share all workers
/// evenly, the one that is shorter alone takes twice as long as alone, the other as long as both together.
/// </summary>
/// <param name="pool">The pool.</param>
internal sealed class Slowdowns(Pool pool)
{
    private const int LongItems = 200;
    private const int TinyItems = 1_000_000;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public async Task RunAsync(TextWriter output)
    {
        var measured = await Median.OfAsync(async () =>
        {
            var slowAlone = await SleepsAsync();
            var tinyAlone = await SquaresAsync();
            var together = await Task.WhenAll(SleepsAsync(), SquaresAsync());
            return [slowAlone, tinyAlone, together[0], together[1]];
        });
        var table = new Table(
            "Two jobs at once: times in seconds",
            "job", "alone", "together", "fair share", "slowdown versus its fair share");
        Add($"{LongItems} items of 50 ms (sleep)", measured[0], measured[1], measured[2]);
        Add($"{TinyItems} tiny items (square)", measured[1], measured[0], measured[3]);
        await table.PrintAsync(output);

        void Add(string job, double alone, double other, double together)
        {
            var fair = alone + Math.Min(alone, other);
            table.Add($"{job}", $"{alone:F2}", $"{together:F2}", $"{fair:F2}", $"{together / fair:F2}");
        }
    }

    private Task<double> SleepsAsync() => TimeAsync("sleep", Enumerable.Repeat(0.05, LongItems), LongItems);

    private Task<double> SquaresAsync() => TimeAsync("square", Enumerable.Range(0, TinyItems).Select(i => (double)i), TinyItems);

    private async Task<double> TimeAsync(string function, IEnumerable<double> items, int count)
    {
        await using var client = Pool.Connect(pool.Address);
        var start = TimeProvider.System.GetTimestamp();
        var answered = await client.ImapUnorderedAsync<double, double>(function, items).CountAsync();
        return answered == count
            ? TimeProvider.System.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{answered} of {count} items were answered");
    }
}
