using System.Diagnostics;
using System.Text.Json;
using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Bench.Suites.Recovery;

/// <summary>How long a killed worker's place stays empty: from its SIGKILL to the first result of its successor.</summary>
internal static class RecoverySuite
{
    private const int Kills = 50;
    private const int InFlight = 16;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var table = new Table($"From SIGKILL to the successor's first result, {Kills} kills, 2 workers: milliseconds", "spares", "median", "worst", "best");
        foreach (var spares in (int[])[0, 1])
        {
            var took = (await MeasureAsync(spares)).Order().ToList();
            table.Add($"{spares}", $"{took[took.Count / 2]:F1}", $"{took[^1]:F1}", $"{took[0]:F1}");
        }

        await table.PrintAsync(output);
    }

    private static async Task<List<double>> MeasureAsync(int spares)
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "2", Spares = spares });
        await using var admin = PoolAdmin.Connect(pool.Address);
        var time = TimeProvider.System;
        var took = new List<double>();
        var seen = new HashSet<int>();
        using var room = new SemaphoreSlim(InFlight);
        var results = pool.ImapUnorderedAsync<int?, JsonElement>("process_info", EndlessAsync(room), new MapOptions { ChunkSize = 1 })
            .GetAsyncEnumerator();
        await using (results)
        {
            while (took.Count < Kills)
            {
                // Results are read all the time: what is measured is not to wait behind what lies there.
                await ReadUntilAsync(_ => false, Between);
                var status = await admin.GetPoolAsync();
                if (status.ReadyWorkers < 2 || status.ReadySpares < spares)
                {
                    await ReadUntilAsync(_ => false, Poll);
                    continue;
                }

                var victim = (await admin.ListWorkersAsync())[took.Count % 2].ProcessId!.Value;
                using var process = Process.GetProcessById(victim);
                var killedAt = time.GetTimestamp();
                process.Kill();
                await ReadUntilAsync(id => !seen.Contains(id), TimeSpan.FromMinutes(1));
                took.Add(time.GetElapsedTime(killedAt).TotalMilliseconds);
            }
        }

        return took;

        async Task ReadUntilAsync(Predicate<int> isEnough, TimeSpan limit)
        {
            var start = time.GetTimestamp();
            while (time.GetElapsedTime(start) < limit && await results.MoveNextAsync())
            {
                room.Release();
                var id = results.Current.GetProperty("pid").GetInt32();
                if (isEnough(id))
                {
                    seen.Add(id);
                    return;
                }

                seen.Add(id);
            }
        }
    }

    // Few at once: a result is not to wait behind others.
    private static async IAsyncEnumerable<int?> EndlessAsync(SemaphoreSlim room)
    {
        while (true)
        {
            await room.WaitAsync();
            yield return null;
        }
    }
}
