using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.Sharing;

/// <summary>Many single calls at once.</summary>
/// <param name="pool">The pool.</param>
internal sealed class Applies(Pool pool)
{
    private const int Count = 10_000;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public async Task RunAsync(TextWriter output)
    {
        var measured = await Median.OfAsync(async () =>
        {
            var start = TimeProvider.System.GetTimestamp();
            var values = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => pool.ApplyAsync<long, long>("square", i)));
            var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            var right = values.Index().Count(value => value.Item == (long)value.Index * value.Index);
            return [right, took, Count / took];
        });
        var table = new Table("Single calls at once, through the SDK (square)", "calls", "right", "seconds", "calls a second");
        table.Add($"{Count}", $"{measured[0]}", $"{measured[1]:F2}", $"{measured[2]:F0}");
        await table.PrintAsync(output);
    }
}
