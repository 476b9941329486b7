using System.Diagnostics;
using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Bench.Suites.Initializers;

/// <summary>What an initializer that loads a table of 200 MB costs: how often it runs, also after a kill, and what an item costs then.</summary>
internal static class InitializersSuite
{
    private const int TableBytes = 200_000_000;
    private const int Items = 500_000;
    private const int Rounds = 5;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("wp-bench-");
        try
        {
            var path = Path.Combine(directory.FullName, "table");
            await File.WriteAllBytesAsync(path, new byte[TableBytes]);
            await using (var pool = await StartAsync(null))
            {
                await output.WriteLineAsync($"An initializer of the job, a table of 200 MB, 2 workers; a worker is killed in the middle of {Items / 100} items of 1 ms:");
                await LoseAWorkerAsync(pool, new MapOptions { Initializer = "bench_load", InitializerArguments = new[] { path } });
                await PrintLoadsAsync(output, path);
            }

            await using (var pool = await StartAsync(path))
            {
                await output.WriteLineAsync("An initializer of the pool, likewise:");
                await LoseAWorkerAsync(pool, new MapOptions());
                await PrintLoadsAsync(output, path);
            }

            await PrintItemCostsAsync(output, path);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Task<Pool> StartAsync(string? path) => LocalPool.StartAsync(new LocalPoolOptions
    {
        Workers = "2",
        Functions = [typeof(LoadedTable).Assembly.Location],
        Initializer = path is null ? null : "bench_load",
        InitializerArguments = path is null ? null : new[] { path },
    });

    private static async Task LoseAWorkerAsync(Pool pool, MapOptions options)
    {
        var taken = 0;
        var outcomes = pool.ImapOutcomesAsync<int, int>("bench_loaded_slowly", Enumerable.Range(0, Items / 100), options);
        await foreach (var outcome in outcomes)
        {
            _ = outcome.Value;
            if (++taken == 1000)
            {
                var workers = await pool.Admin.ListWorkersAsync();
                using var _ = Process.Start("kill", ["-KILL", $"{workers[0].ProcessId}"]);
            }
        }

        if (outcomes.Summary is not { WorkerRestarts: 1, Ledger.Succeeded: Items / 100 })
        {
            throw new InvalidOperationException($"no worker died, or an item was lost: {outcomes.Summary}");
        }
    }

    private static async Task PrintLoadsAsync(TextWriter output, string path)
    {
        await output.WriteLineAsync(await File.ReadAllTextAsync(path + ".loads"));
        File.Delete(path + ".loads");
    }

    // In turns, since the machine changes more from minute to minute than the two differ.
    private static async Task PrintItemCostsAsync(TextWriter output, string path)
    {
        await using var pool = await StartAsync(null);
        var loading = new MapOptions { Initializer = "bench_load", InitializerArguments = new[] { path } };
        await ItemCostAsync(pool, "bench_same", null);
        var costs = new List<double[]>();
        for (var round = 0; round < Rounds; round++)
        {
            costs.Add([await ItemCostAsync(pool, "bench_same", null), await ItemCostAsync(pool, "bench_loaded", loading)]);
        }

        var table = new Table(
            $"{Items} items of int, 2 workers: microseconds an item, first result apart, {Rounds} rounds in turns", "round", "without", "with an initializer's table");
        foreach (var (round, cost) in costs.Index())
        {
            table.Add($"{round + 1}", $"{cost[0]:F2}", $"{cost[1]:F2}");
        }

        table.Add($"median", $"{Middle(costs, 0):F2}", $"{Middle(costs, 1):F2}");
        await table.PrintAsync(output);
    }

    private static double Middle(List<double[]> costs, int column) => costs.Select(cost => cost[column]).Order().ElementAt(Rounds / 2);

    private static async Task<double> ItemCostAsync(Pool pool, string function, MapOptions? options)
    {
        await using var results = pool.ImapUnorderedAsync<int, int>(function, Enumerable.Range(0, Items), options).GetAsyncEnumerator();
        await results.MoveNextAsync();
        var watch = Stopwatch.StartNew();
        while (await results.MoveNextAsync())
        {
            // To the end of the job.
        }

        return watch.Elapsed.TotalMicroseconds / Items;
    }
}
