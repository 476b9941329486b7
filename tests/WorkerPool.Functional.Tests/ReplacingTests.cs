using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Workers that are replaced although they are well, spares, and limits of memory.</summary>
public sealed class ReplacingTests
{
    private const long Mebibyte = 1 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spare_takes_the_place_of_a_worker_that_dies_and_is_made_up_for()
    {
        await using var supervisor = await StartAsync(("Pool__Spares", "1"));
        var victim = await supervisor.WorkerProcessIdAsync();
        var spare = await SpareAsync(supervisor, victim);
        ProcessSignals.Send(victim, ProcessSignals.Kill);
        Assert.Equal(spare, await supervisor.WorkerProcessIdAsync(incarnation: 2));
        Assert.NotEqual(spare, await SpareAsync(supervisor, spare));
    }

    [Fact]
    public async Task A_spare_that_dies_is_made_up_for()
    {
        await using var supervisor = await StartAsync(("Pool__Spares", "1"));
        var worker = await supervisor.WorkerProcessIdAsync();
        var spare = await SpareAsync(supervisor, worker);
        ProcessSignals.Send(spare, ProcessSignals.Kill);
        await Eventually.AskAsync(() => Task.FromResult(Workers(supervisor).Find(id => id != worker && id != spare)), id => id != 0);
        Assert.Single(supervisor.Program.WorkerProcessIds);
    }

    [Fact]
    public async Task A_worker_runs_no_more_items_than_it_may_and_its_replacement_is_no_crash()
    {
        await using var supervisor = await StartAsync(("Pool__RecycleAfterItems", "3"));
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "count_seen" }, Json.Range(10));
        Assert.Equal(["1", "2", "3", "1", "2", "3", "1", "2", "3", "1"], map.Results.Select(result => result.Value));
        Assert.Equal(0u, map.Summary?.WorkerRestarts);
        var died = (await EventLogs.KeptAsync(supervisor.Admin)).Where(happened => happened.Kind == EventKind.WorkerDied);
        Assert.Empty(died);
    }

    [Fact]
    public async Task A_worker_that_has_its_age_is_replaced_in_the_middle_of_a_map_and_nothing_is_lost()
    {
        await using var supervisor = await StartAsync(("Pool__RecycleAfter", "00:00:00.5"), ("Pool__HealthInterval", "00:00:00.05"));
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" });

        // The map goes on for as long as it takes: on a busy machine the successor is not there soon.
        var kinds = await Eventually.AskAsync(
            async () =>
            {
                await map.SendAsync([.. Enumerable.Range(0, 100).Select(i => $"0.00{i % 2}")]);
                await map.ReadToAsync(map.SentCount);
                return (await EventLogs.KeptAsync(supervisor.Admin)).Select(happened => happened.Kind).ToList();
            },
            kinds => kinds.Contains(EventKind.WorkerEnded));
        var summary = await map.FinishAsync();
        Assert.Equal((ulong)map.SentCount, summary.Ledger.Succeeded);
        Assert.Equal(Enumerable.Range(0, map.SentCount).Select(i => (ulong)i), map.Results.Select(result => result.Index));
        Assert.DoesNotContain(EventKind.WorkerDied, kinds);
    }

    [Fact]
    public async Task All_workers_are_replaced_one_after_the_other_in_the_middle_of_a_map_and_nothing_is_lost()
    {
        const int Count = 3;
        await using var supervisor = await RunningSupervisor.StartAsync(Count, settings: new Dictionary<string, string> { ["Pool__Spares"] = "1" });
        var before = new List<int>();
        for (var slot = 1; slot <= Count; slot++)
        {
            before.Add(await supervisor.WorkerProcessIdAsync(slot));
        }

        // A spare that was launched before is as old as they are.
        before.Add(await SpareAsync(supervisor, [.. before]));
        Task<RecyclePoolResponse>? recycling = null;
        var items = Enumerable.Range(0, 3000).Select(i => $"0.00{i % 2}").ToList();
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "sleep" }, items, _ =>
            recycling ??= supervisor.Admin.RecyclePoolAsync(new RecyclePoolRequest(), cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (ulong)i), map.Results.Select(result => result.Index));
        Assert.Equal((3000ul, 0u), (map.Summary!.Ledger.Succeeded, map.Summary.WorkerRestarts));

        var response = await recycling!;
        Assert.Equal(Count, (int)response.ReplacedWorkers);
        Assert.Empty(response.KeptWorkers);
        await Eventually.AskAsync(() => Task.FromResult(Workers(supervisor)), now => now.Count == Count + 1 && !now.Intersect(before).Any());
        Assert.DoesNotContain(await EventLogs.KeptAsync(supervisor.Admin), happened => happened.Kind == EventKind.WorkerDied);
    }

    [Fact]
    public async Task A_worker_whose_successor_cannot_start_stays_and_is_named()
    {
        var library = Directory.CreateTempSubdirectory("wp-library-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Libraries.User)!))
            {
                File.Copy(file, Path.Combine(library.FullName, Path.GetFileName(file)));
            }

            var path = Path.Combine(library.FullName, Path.GetFileName(Libraries.User));
            await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [path], new Dictionary<string, string>());
            var worker = await supervisor.WorkerProcessIdAsync();
            File.Move(path, path + ".old");
            var response = await supervisor.Admin.RecyclePoolAsync(new RecyclePoolRequest(), cancellationToken: Cancellation);
            Assert.Equal(("worker-1", 0u), (Assert.Single(response.KeptWorkers), response.ReplacedWorkers));
            Assert.Equal(worker, Assert.Single(Workers(supervisor)));

            File.Move(path + ".old", path);
            response = await supervisor.Admin.RecyclePoolAsync(new RecyclePoolRequest(), cancellationToken: Cancellation);
            Assert.Equal(1u, response.ReplacedWorkers);
            Assert.NotEqual(worker, await supervisor.WorkerProcessIdAsync(incarnation: 2));
        }
        finally
        {
            library.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_worker_that_holds_too_much_memory_is_replaced_after_its_item()
    {
        await using var supervisor = await StartAsync(("Pool__RecycleAboveMemory", $"{400 * Mebibyte}"));
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "hold_memory" }, ["500"]);
        Assert.Equal("500", Assert.Single(map.Results).Value);
        await supervisor.WorkerProcessIdAsync(incarnation: 2);
        Assert.DoesNotContain(
            await EventLogs.KeptAsync(supervisor.Admin), happened => happened.Kind == EventKind.WorkerDied);
    }

    [Fact]
    public async Task An_item_that_takes_more_memory_than_a_worker_may_have_fails_and_its_certificate_says_so()
    {
        await using var supervisor = await StartAsync(("Pool__MemoryLimit", $"{400 * Mebibyte}"), ("Pool__MaxCrashes", "1"));
        var start = new MapStart { Function = "hold_memory_for_ever", Options = new MapOptions { ChunkSize = 1 } };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, ["500"]);
        var error = Assert.Single(map.Results).Error!;
        Assert.Equal(("WORKER_CRASHED", 1u), (error.Reason, error.Attempts));
        Assert.Equal(("the pool", "SIGKILL"), (error.Metadata["cause"], error.Metadata["signal"]));
        Assert.Equal("it was over its memory limit", error.Metadata["out_of_memory"]);
        Assert.Contains("more than its limit of 400 MiB", error.Metadata["stop_reason"], StringComparison.Ordinal);
        Assert.True(long.Parse(error.Metadata["peak_memory_bytes"], System.Globalization.CultureInfo.InvariantCulture) > 400 * Mebibyte);
        Assert.StartsWith("worker-1 (incarnation 1): SIGKILL", error.Metadata["attempts"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exit_with_137_is_not_taken_for_a_kill_nor_a_kill_for_an_exit()
    {
        await using var supervisor = await StartAsync(("Pool__MaxCrashes", "1"));
        var exit = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "exit" }, ["137"]);
        var error = Assert.Single(exit.Results).Error!;
        Assert.Equal(("itself", "137", false), (error.Metadata["cause"], error.Metadata["exit_code"], error.Metadata.ContainsKey("signal")));

        using var gate = new TemporaryFile();
        var victim = await supervisor.WorkerProcessIdAsync(incarnation: 2);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "wait_for" }, gate.Item);
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers[0],
            worker => worker.HasItemIndex);
        ProcessSignals.Send(victim, ProcessSignals.Kill);
        await map.FinishAsync();
        error = Assert.Single(map.Results).Error!;
        Assert.Equal(("something else", "SIGKILL"), (error.Metadata["cause"], error.Metadata["signal"]));
    }

    [Fact]
    public async Task An_item_that_hangs_fails_with_the_place_where_it_hung()
    {
        await using var supervisor = await StartAsync(("Pool__CancellationGrace", "00:00:00.3"), ("Pool__StackCaptureLimit", "00:00:30"));
        var options = new MapOptions { ItemTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) };
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "hang_on_13", Options = options }, ["13"]);
        var error = Assert.Single(map.Results).Error!;
        Assert.Equal("ITEM_TIMEOUT", error.Reason);
        Assert.Contains("UserFunctions.Processes.HangOn13(Int32)", error.Metadata["stack"], StringComparison.Ordinal);
    }

    private static Task<RunningSupervisor> StartAsync(params IEnumerable<(string Name, string Value)> settings) =>
        RunningSupervisor.StartAsync(workers: 1, [Libraries.User], settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    private static async Task<int> SpareAsync(RunningSupervisor supervisor, params IReadOnlyCollection<int> others) =>
        (await Eventually.AskAsync(
            async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool.ReadySpares == 1
                ? Workers(supervisor)
                : [],
            ids => ids.Count == others.Count + 1 && !others.Except(ids).Any()))
            .Single(id => !others.Contains(id));

    // Processes of workers and spares.
    private static List<int> Workers(RunningSupervisor supervisor) =>
    [
        .. ProcessEntry.DescendantsOf(supervisor.Program.ProcessId)
            .Where(process => process.ParentId == supervisor.Program.ProcessId && process.Command != "sh")
            .Select(process => process.Id),
    ];
}
