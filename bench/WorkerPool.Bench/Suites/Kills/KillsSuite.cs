using WorkerPool.Client;
using WorkerPool.TestSupport;

namespace WorkerPool.Bench.Suites.Kills;

/// <summary>
/// A million squares on two workers, in order, fed over a minute, while busy workers are killed, or the Supervisor is: what it
/// costs, and that nothing is missing, twice, or wrong.
/// </summary>
internal static class KillsSuite
{
    private const int Items = 1_000_000;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenWorkers = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan BetweenSupervisors = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var table = new Table(
            $"{Items:N0} items of square, ordered, 2 workers, over a minute", "killed", "kills", "workers lost", "resumes", "wrong", "failed", "seconds", "longest gap, ms");
        table.Add(await RunAsync("a busy worker every 300 ms", BetweenWorkers, (_, pool, over) => KillBusyWorkerAsync(pool, over)));
        table.Add(await RunAsync("the Supervisor every 5 s", BetweenSupervisors, async (supervisor, _, _) =>
        {
            await supervisor.KillAsync();
            await supervisor.RestartAsync();
            return true;
        }));
        await table.PrintAsync(output);
    }

    private static async Task<FormattableString[]> RunAsync(string what, TimeSpan interval, Func<MortalSupervisor, Pool, CancellationToken, Task<bool>> strike)
    {
        var time = TimeProvider.System;
        await using var supervisor = await MortalSupervisor.StartAsync(workers: 2, new Dictionary<string, string> { ["Pool__MaxRestarts"] = "1000" });
        await using var pool = Pool.Connect(supervisor.Address);
        using var over = new CancellationTokenSource(Duration);
        var striking = StrikeAsync(() => strike(supervisor, pool, over.Token), interval, over.Token);

        var start = time.GetTimestamp();
        var last = start;
        var gap = TimeSpan.Zero;
        var (expected, wrong) = (0L, 0);
        var stream = pool.ImapOutcomesAsync<int, long>("square", FeedAsync(start));
        await foreach (var outcome in stream)
        {
            gap = TimeSpan.FromTicks(Math.Max(gap.Ticks, time.GetElapsedTime(last).Ticks));
            last = time.GetTimestamp();
            wrong += outcome.Succeeded && outcome.Index == expected && outcome.Value == expected * expected ? 0 : 1;
            expected++;
        }

        var took = time.GetElapsedTime(start);
        await over.CancelAsync();
        var kills = await striking;
        var summary = stream.Summary!;
        return
        [
            $"{what}", $"{kills}", $"{summary.WorkerRestarts}", $"{summary.Resumes}", $"{wrong + Math.Abs(Items - expected)}", $"{summary.Ledger.Failed}",
            $"{took.TotalSeconds:F1}", $"{gap.TotalMilliseconds:F0}",
        ];
    }

    private static async Task<int> StrikeAsync(Func<Task<bool>> strike, TimeSpan interval, CancellationToken over)
    {
        var kills = 0;
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                kills += await strike() ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }

        return kills;
    }

    private static async Task<bool> KillBusyWorkerAsync(Pool pool, CancellationToken over)
    {
        // Items are so quick that most of the time none runs.
        List<WorkerStatus> busy;
        do
        {
            var workers = await pool.Admin.ListWorkersAsync(CancellationToken.None);
            busy = [.. workers.Where(worker => worker is { State: WorkerState.Busy, ProcessId: not null })];
        }
        while (busy.Count == 0 && !over.IsCancellationRequested);
        if (busy.Count == 0)
        {
            return false;
        }

        try
        {
            ProcessSignals.Send(busy[Random.Shared.Next(busy.Count)].ProcessId!.Value, ProcessSignals.Kill);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It has died meanwhile.
            return false;
        }
    }

    // So many at once as are due, so that the workers are busy all the time.
    private static async IAsyncEnumerable<int> FeedAsync(long start)
    {
        var time = TimeProvider.System;
        using var timer = new PeriodicTimer(Tick);
        for (var i = 0; i < Items;)
        {
            var due = Math.Min(Items, (long)(Items * (time.GetElapsedTime(start) / Duration)) + 1);
            for (; i < due; i++)
            {
                yield return i;
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
