using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>A pool that is resized, recycled and drained while it has work loses none of it.</summary>
public sealed class SteeringTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_that_grows_and_shrinks_in_the_middle_of_a_map_answers_every_item_once()
    {
        const int Total = 20_000;
        const int Part = 313 * 16;
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var items = Json.Range(Total);
        using var map = await OpenMap.StartAsync(
            supervisor.Client, new MapStart { Function = "square", Options = new MapOptions { ChunkSize = 16 } }, Slice(0, Part));
        await map.ReadToAsync(Part / 2);
        var growing = await supervisor.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 6 }, cancellationToken: Cancellation);
        Assert.Equal(6u, growing.Pool.SlotCount);
        await map.SendAsync(Slice(Part, Part));
        await EventLogs.UntilAsync(supervisor.Admin, EventKind.WorkerReady, 6);
        await map.SendAsync(Slice(2 * Part, Part));
        var shrinking = await supervisor.Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 1 }, cancellationToken: Cancellation);
        Assert.Equal(1u, shrinking.Pool.SlotCount);
        await map.SendAsync(Slice(3 * Part, Total - (3 * Part)));
        var summary = await map.FinishAsync();

        Assert.Equal(
            Enumerable.Range(0, Total).Select(i => ((ulong)i, ((long)i * i).ToString(CultureInfo.InvariantCulture))),
            map.Results.Select(result => (result.Index, result.Value!)));
        Assert.Equal(new Ledger { Accepted = Total, Succeeded = Total, Failed = 0, Cancelled = 0 }, summary.Ledger);

        var events = await EventLogs.UntilAsync(supervisor.Admin, EventKind.WorkerEnded, 5);
        Assert.Equal(
            ["The pool is to have 6 workers; it had 2.", "The pool is to have 1 workers; it had 6."],
            events.Where(happened => happened.Kind == EventKind.PoolResized).Select(happened => happened.Message));
        Assert.Equal(
            ["worker-2", "worker-3", "worker-4", "worker-5", "worker-6"],
            events.Where(happened => happened.Kind == EventKind.WorkerEnded).Select(happened => happened.Worker).Order());
        Assert.DoesNotContain(events, happened => happened.Kind == EventKind.WorkerDied);
        var left = await Eventually.AskAsync(() => WorkersAsync(supervisor), workers => workers.Count == 1);
        Assert.Equal(("worker-1", 1ul), (left[0].Name, left[0].Incarnation));
        Assert.Equal(0u, summary.WorkerRestarts);

        List<string> Slice(int first, int count) => [.. items.Skip(first).Take(count)];
    }

    [Fact]
    public async Task A_worker_that_is_recycled_in_the_middle_of_a_map_costs_nothing_and_is_no_restart()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var before = await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        var items = Enumerable.Repeat("0.001", 1000).ToList();
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, items);
        await map.ReadToAsync(50);
        await supervisor.Admin.RecycleWorkerAsync(new RecycleWorkerRequest { Name = "worker-1" }, cancellationToken: Cancellation);
        var after = await supervisor.WorkerProcessIdAsync(slot: 1, incarnation: 2);
        await map.SendAsync(items);
        var summary = await map.FinishAsync();

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (ulong)i), map.Results.Select(result => result.Index));
        Assert.All(map.Results, result => Assert.Equal("0.001", result.Value));
        Assert.Equal((2000ul, 0u), (summary.Ledger.Succeeded, summary.WorkerRestarts));
        Assert.NotEqual(before, after);
        Assert.False(ProcessSignals.IsAlive(before));
        var worker = (await WorkersAsync(supervisor))[0];
        Assert.Equal((after, 2ul, 0ul, ""), (worker.ProcessId, worker.Incarnation, worker.Restarts, worker.LastDeath));
        Assert.Equal(0ul, (await PoolAsync(supervisor)).WorkerRestarts);
        var ended = await EventLogs.NextAsync(supervisor.Admin, EventKind.WorkerEnded);
        Assert.Equal("worker-1", ended.Worker);
        Assert.DoesNotContain(await EventLogs.KeptAsync(supervisor.Admin), happened => happened.Kind == EventKind.WorkerDied);
    }

    [Fact]
    public async Task A_worker_that_is_recycled_finishes_its_item_and_gets_no_other()
    {
        using var gate = new TemporaryFile();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User]);
        var start = new MapStart { Function = "wait_for", Options = new MapOptions { ChunkSize = 1 } };
        using var map = await OpenMap.StartAsync(supervisor.Client, start, gate.Item);
        await Eventually.AskAsync(() => WorkersAsync(supervisor), workers => workers[0].HasItemIndex);
        await supervisor.Admin.RecycleWorkerAsync(new RecycleWorkerRequest { Name = "worker-1" }, cancellationToken: Cancellation);

        // Once its successor stands ready.
        await Eventually.AskAsync(() => WorkersAsync(supervisor), workers => workers[0].State == WorkerState.Stopping);
        using var waiting = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "process_info" }, "null");
        for (var i = 0; i < 100; i++)
        {
            var job = (await supervisor.Jobs.GetJobAsync(new GetJobRequest { Id = waiting.JobId }, cancellationToken: Cancellation)).Job;
            Assert.Equal((0ul, 0u), (job.InFlightItems, job.WorkersInUse));
        }

        gate.Make();
        await waiting.FinishAsync();
        await map.FinishAsync();
        Assert.Equal(gate.Item, Assert.Single(map.Results).Value);
        Assert.Contains("\"incarnation\":2", Assert.Single(waiting.Results).Value, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_pool_that_drains_finishes_its_jobs_and_takes_no_new_ones()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "square" }, "2");
        await map.ReadToAsync(1);
        var draining = supervisor.Admin.DrainPoolAsync(
            new DrainPoolRequest { Grace = Duration.FromTimeSpan(TimeSpan.FromDays(365)) }, cancellationToken: Cancellation).ResponseAsync;
        await EventLogs.NextAsync(supervisor.Admin, EventKind.PoolDraining);

        Task[] refused =
        [
            supervisor.Client.ApplyAsync(new ApplyRequest { Function = "square" }, cancellationToken: Cancellation).ResponseAsync,
            OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "square" }),
            supervisor.Client.Map(new MapRequest { Function = "square" }, cancellationToken: Cancellation).ResponseStream.MoveNext(Cancellation),
        ];
        foreach (var call in refused)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal((StatusCode.Unavailable, "POOL_DRAINING"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        }

        var pool = await PoolAsync(supervisor);
        Assert.Equal((PoolState.Draining, 1u), (pool.State, pool.OpenJobs));
        Assert.NotEmpty(pool.Message);
        Assert.False(draining.IsCompleted);

        await map.SendAsync(["3"]);
        await map.FinishAsync();
        Assert.Equal(["4", "9"], map.Results.Select(result => result.Value));
        var drained = (await draining.WaitAsync(SupervisorProgram.Limit, Cancellation)).Pool;
        Assert.Equal((PoolState.Draining, 0u), (drained.State, drained.OpenJobs));
    }

    [Fact]
    public async Task A_drain_without_grace_ends_the_jobs_with_its_reason()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, "600");
        await supervisor.Admin.DrainPoolAsync(new DrainPoolRequest { Grace = new Duration() }, cancellationToken: Cancellation)
            .ResponseAsync.WaitAsync(SupervisorProgram.Limit, Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(map.ReadToEndAsync);
        Assert.Equal((StatusCode.Unavailable, "POOL_DRAINING"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
    }

    private static async Task<IReadOnlyList<WorkerStatus>> WorkersAsync(RunningSupervisor supervisor) =>
        (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers;

    private static async Task<PoolStatus> PoolAsync(RunningSupervisor supervisor) =>
        (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool;
}
