using System.Diagnostics;
using WorkerPool.Bench.Workloads;
using WorkerPool.Client;

namespace WorkerPool.Bench.Suites.SharedArguments;

/// <summary>What a table of 200 MB costs that all items of a job share: memory of the Supervisor, time before the first item, and an item.</summary>
internal static class SharedArgumentsSuite
{
    private const int TableBytes = 200_000_000;
    private const int Items = 500_000;
    private const double BytesPerMebibyte = 1 << 20;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var memory = new Table(
            "A shared table of 200 MB (190.7 MiB): MiB resident", "workers", "Supervisor before", "during", "at its most", "each worker", "first result, s");
        var items = new Table($"{Items} items of int, 2 workers: microseconds an item, medians of 3", "without", "with the table, first result apart");
        foreach (var workers in (int[])[2, 4])
        {
            await using var supervisor = await SupervisorProcess.StartAsync(workers, ["--functions", typeof(TableFunctions).Assembly.Location]);
            await using var pool = Pool.Connect(supervisor.Address);
            await pool.MapAsync<int, int>("bench_same", Enumerable.Range(0, 1000));
            var before = supervisor.Memory("VmRSS");
            var watch = Stopwatch.StartNew();
            await using var results = Map(pool, Shared(), Enumerable.Repeat(0, Items)).GetAsyncEnumerator();
            await results.MoveNextAsync();
            var first = watch.Elapsed.TotalSeconds;
            for (var taken = 1; taken < Items / 2; taken++)
            {
                await results.MoveNextAsync();
            }

            var during = supervisor.Memory("VmRSS");
            var worker = (await pool.Admin.ListWorkersAsync()).Average(each => each.MemoryBytes);
            while (await results.MoveNextAsync())
            {
                // To the end of the job.
            }

            memory.Add(
                $"{workers}", $"{before / BytesPerMebibyte:F0}", $"{during / BytesPerMebibyte:F0}",
                $"{supervisor.Memory("VmHWM") / BytesPerMebibyte:F0}", $"{worker / BytesPerMebibyte:F0}", $"{first:F2}");
            if (workers == 2)
            {
                items.Add($"{await ItemCostAsync(pool, null):F2}", $"{await ItemCostAsync(pool, Shared()):F2}");
            }
        }

        await memory.PrintAsync(output);
        await items.PrintAsync(output);
    }

    private static MapOptions Shared() => new() { Shared = new Dictionary<string, object?> { ["table"] = new byte[TableBytes] } };

    private static IAsyncEnumerable<int> Map(Pool pool, MapOptions? options, IEnumerable<int> items) =>
        pool.ImapUnorderedAsync<int, int>(options is null ? "bench_same" : "bench_look_up", items, options);

    private static async Task<double> ItemCostAsync(Pool pool, MapOptions? options) => (await Median.OfAsync(async () =>
    {
        await using var results = Map(pool, options, Enumerable.Range(0, Items)).GetAsyncEnumerator();
        await results.MoveNextAsync();
        var watch = Stopwatch.StartNew();
        while (await results.MoveNextAsync())
        {
            // To the end of the job.
        }

        return [watch.Elapsed.TotalMicroseconds / Items];
    }))[0];
}
