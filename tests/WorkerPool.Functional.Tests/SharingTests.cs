using Google.Protobuf.WellKnownTypes;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Several jobs on one pool of two workers: none starves, and each keeps to its share and its limit.</summary>
public sealed class SharingTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PoolService.PoolServiceClient Client => shared.Running.Client;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_job_limited_to_one_worker_never_has_items_run_on_two(int chunkSize)
    {
        using var file = new TemporaryFile();
        await using var other = await EndlessMap.StartAsync(Client, new MapStart { Function = "sleep" }, "0.001");
        var start = new MapStart { Function = "run_alone", Options = new MapOptions { MaxWorkers = 1, ChunkSize = chunkSize } };
        var map = await StreamedMap.RunAsync(Client, start, [.. Enumerable.Repeat(file.Item, 2000)]);
        Assert.Equal(new Ledger { Accepted = 2000, Succeeded = 2000, Failed = 0, Cancelled = 0 }, map.Summary?.Ledger);
    }

    [Fact]
    public async Task A_job_limited_to_one_worker_leaves_the_other_one_to_others()
    {
        using var gate = new TemporaryFile();
        var options = new MapOptions { MaxWorkers = 1, ChunkSize = 1 };
        using var limited = await OpenMap.StartAsync(
            Client, new MapStart { Function = "wait_for", Options = options }, gate.Item, gate.Item, "\"\"");
        var answer = await Client.ApplyAsync(
            new ApplyRequest { Function = "square", Value = Value.ForNumber(7) }, cancellationToken: Cancellation)
            .ResponseAsync.WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(Value.ForNumber(49), answer.Value);
        var job = (await shared.Running.Jobs.GetJobAsync(new GetJobRequest { Id = limited.JobId }, cancellationToken: Cancellation)).Job;
        Assert.Equal((1u, 0ul), (job.WorkersInUse, job.Ledger.Succeeded));
        gate.Make();
        Assert.Equal(3ul, (await limited.FinishAsync()).Ledger.Succeeded);
    }

    [Fact]
    public async Task A_job_that_waits_for_its_own_workers_keeps_no_other_one_from_sharing_what_is_left_behind()
    {
        using var limitedGate = new TemporaryFile();
        using var gate = new TemporaryFile();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 3, [Libraries.User]);
        await EventLogs.UntilAsync(supervisor.Admin, EventKind.WorkerReady, 3);
        var options = new MapOptions { MaxWorkers = 1, ChunkSize = 1 };
        using var limited = await OpenMap.StartAsync(
            supervisor.Client, new MapStart { Function = "wait_for", Options = options }, limitedGate.Item, "\"\"", "\"\"");

        // The first worker is held and two more items wait for it; of the other two, one will be stuck.
        var start = new MapStart { Function = "wait_for", Options = new MapOptions { Order = Order.Completion } };
        var quick = Enumerable.Repeat("\"\"", 200).ToList();
        using var map = await OpenMap.StartAsync(supervisor.Client, start, quick);
        await map.ReadToAsync(200);
        await map.SendAsync([gate.Item, .. quick]);
        await map.ReadToAsync(400);
        gate.Make();
        limitedGate.Make();
        Assert.Equal(401ul, (await map.FinishAsync()).Ledger.Succeeded);
        Assert.Equal(3ul, (await limited.FinishAsync()).Ledger.Succeeded);
    }

    [Fact]
    public async Task A_heavier_job_ends_before_a_lighter_one_with_less_to_do()
    {
        using var gate = new TemporaryFile();
        using var holding = await OpenMap.StartAsync(
            Client, new MapStart { Function = "wait_for", Options = new MapOptions { ChunkSize = 1 } }, gate.Item, gate.Item);
        await Eventually.AskAsync(
            async () => (await shared.Running.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
            pool => pool.BusyWorkers == 2);

        // Both wait, the lighter one first, until both workers are free.
        using var light = await SleepsAsync(count: 100, weight: 1);
        using var heavy = await SleepsAsync(count: 150, weight: 9);
        gate.Make();
        await Task.WhenAll(heavy.FinishAsync(), light.FinishAsync(), holding.FinishAsync());
        var ends = (await EventLogs.KeptAsync(shared.Running.Admin))
            .Where(happened => happened.Kind == EventKind.JobEnded).Select(happened => happened.JobId).ToList();
        Assert.True(ends.IndexOf(heavy.JobId) < ends.IndexOf(light.JobId), $"{heavy.JobId} did not end before {light.JobId}");

        async Task<OpenMap> SleepsAsync(int count, double weight)
        {
            var map = await OpenMap.StartAsync(
                Client,
                new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1, Weight = weight } },
                [.. Enumerable.Repeat("0.005", count)]);
            await Eventually.AskAsync(
                async () => (await shared.Running.Jobs.GetJobAsync(new GetJobRequest { Id = map.JobId }, cancellationToken: Cancellation)).Job,
                job => job.WaitingItems == (ulong)count);
            return map;
        }
    }

    [Theory]
    [InlineData("square", "7", 0, "sleep", "0.05")]
    [InlineData("square", "7", 0, "square", "3")]
    [InlineData("square", "7", 1, "sleep", "0.05")]
    [InlineData("square", "7", 1000, "square", "3")]
    [InlineData("sleep", "0.05", 0, "square", "3")]
    [InlineData("sleep", "0.05", 1, "square", "3")]
    public async Task A_short_job_is_answered_beside_one_that_never_ends(
        string endless, string endlessItem, int endlessChunkSize, string function, string item)
    {
        await using var other = await EndlessMap.StartAsync(
            Client, new MapStart { Function = endless, Options = new MapOptions { ChunkSize = endlessChunkSize } }, endlessItem);
        var map = await StreamedMap.RunAsync(Client, new MapStart { Function = function }, [.. Enumerable.Repeat(item, 20)]);
        Assert.Equal(20ul, map.Summary?.Ledger.Succeeded);
        var answer = await Client.ApplyAsync(
            new ApplyRequest { Function = "square", Value = Value.ForNumber(7) }, cancellationToken: Cancellation)
            .ResponseAsync.WaitAsync(SupervisorProgram.Limit, Cancellation);
        Assert.Equal(Value.ForNumber(49), answer.Value);
    }
}
