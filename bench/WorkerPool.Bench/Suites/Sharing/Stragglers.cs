using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.Sharing;

/// <summary>
/// What one long item among many quick ones costs, with chunks that the pool chooses: the time of the map over that of the
/// list schedule, which gives the next item in order to the next free worker and is computed from the times the items took.
/// </summary>
/// <param name="pool">The pool, of two workers.</param>
internal sealed class Stragglers(Pool pool)
{
    private const int Workers = 2;
    private const int QuickItems = 2000;
    private const double QuickSeconds = 0.001;
    private const double LongSeconds = 2;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public async Task RunAsync(TextWriter output)
    {
        var table = new Table(
            $"One item of {LongSeconds} s among {QuickItems} of {QuickSeconds * 1000} ms (sleep): times in seconds",
            "the long one is", "quick item took in ms", "map", "list schedule", "map over list schedule");
        foreach (var (name, position) in new[] { ("first", 0), ("in the middle", QuickItems / 2), ("last", QuickItems) })
        {
            var measured = await Median.OfAsync(() => MeasureAsync(position));
            table.Add($"{name}", $"{measured[0] * 1000:F2}", $"{measured[1]:F3}", $"{measured[2]:F3}", $"{measured[3]:F3}");
        }

        await table.PrintAsync(output);
    }

    private static double ListSchedule(int position, double quickSeconds)
    {
        var free = new double[Workers];
        for (var i = 0; i <= QuickItems; i++)
        {
            var next = Array.IndexOf(free, free.Min());
            free[next] += i == position ? LongSeconds : quickSeconds;
        }

        return free.Max();
    }

    private async Task<double[]> MeasureAsync(int position)
    {
        var items = Enumerable.Repeat(QuickSeconds, QuickItems).ToList();
        items.Insert(position, LongSeconds);
        var start = TimeProvider.System.GetTimestamp();
        var map = pool.ImapUnorderedOutcomesAsync<double, double>("sleep", items);
        var answered = await map.CountAsync();
        var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        if (answered != items.Count)
        {
            throw new InvalidOperationException($"{answered} of {items.Count} items were answered");
        }

        var quick = (map.Summary!.Busy.TotalSeconds - LongSeconds) / QuickItems;
        var ideal = ListSchedule(position, quick);
        return [quick, took, ideal, took / ideal];
    }
}
