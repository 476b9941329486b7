using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>What whoever operates a pool sees of it, and what is refused.</summary>
public sealed class AdminServiceTests(SharedSupervisor shared) : IClassFixture<SharedSupervisor>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Duration> GracesOutOfRange { get; } = new()
    {
        { "negative", new Duration { Seconds = -1 } },
        { "not a duration", new Duration { Seconds = 1, Nanos = -1 } },
        { "more nanoseconds than a second has", new Duration { Nanos = 2_000_000_000 } },
        { "longer than any duration", new Duration { Seconds = long.MaxValue } },
    };

    private AdminService.AdminServiceClient Admin => shared.Running.Admin;

    [Fact]
    public async Task A_pool_that_takes_jobs_is_ready_and_tells_its_numbers()
    {
        var pool = await Eventually.AskAsync(() => PoolAsync(Admin), pool => pool is { ReadyWorkers: 2, BusyWorkers: 0 });
        Assert.Equal((PoolState.Ready, "", 2u), (pool.State, pool.Message, pool.SlotCount));
        Assert.Equal((0u, 0u), (pool.OpenJobs, pool.OpenApplies));
        Assert.True(pool.Uptime.ToTimeSpan() > TimeSpan.Zero && pool.Version.Length > 0, $"{pool}");

        await StreamedMap.RunAsync(shared.Running.Client, new MapStart { Function = "square" }, Json.Range(100));
        Assert.Equal(pool.AnsweredItems + 100, (await PoolAsync(Admin)).AnsweredItems);
    }

    [Fact]
    public async Task A_pool_whose_workers_cannot_start_is_broken_and_says_why()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.WithoutFunctions]);
        supervisor.MayLogErrors = true;
        var pool = await Eventually.AskAsync(() => PoolAsync(supervisor.Admin), pool => pool.State == PoolState.Broken);
        Assert.Contains("NoFunctions", pool.Message, StringComparison.Ordinal);
        Assert.Equal((0u, 2u), (pool.ReadyWorkers, pool.SlotCount));
        var broken = await EventLogs.NextAsync(supervisor.Admin, EventKind.PoolBroken);
        Assert.Equal(pool.Message, broken.Message);
    }

    [Fact]
    public async Task A_worker_is_shown_with_its_item_while_it_runs()
    {
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 2 } };
        using var map = await OpenMap.StartAsync(shared.Running.Client, start, "0", "600");
        var workers = await WorkersWhen(workers => workers.Any(worker => worker.HasItemIndex && worker.ItemIndex == 1 && worker.InFlightItems == 1));
        Assert.Equal([("worker-1", 1u), ("worker-2", 2u)], workers.Select(worker => (worker.Name, worker.Slot)));
        var busy = Assert.Single(workers, worker => worker.State == WorkerState.Busy);
        Assert.Equal((map.JobId, 1ul, 1ul), (busy.JobId, busy.ItemIndex, busy.InFlightItems));
        Assert.True(ProcessSignals.IsAlive(busy.ProcessId));
        Assert.True(busy.MemoryBytes > 0 && busy.CpuTime.ToTimeSpan() > TimeSpan.Zero && busy.ReadySince is not null, $"{busy}");
        Assert.Equal((1ul, 0ul, ""), (busy.Incarnation, busy.Restarts, busy.LastDeath));
        var idle = Assert.Single(workers, worker => worker.State == WorkerState.Idle);
        Assert.False(idle.HasJobId || idle.HasItemIndex || idle.InFlightItems > 0);

        var later = await WorkersWhen(
            workers => workers.Any(worker => worker.ItemRunningFor?.ToTimeSpan() > busy.ItemRunningFor.ToTimeSpan()));
        Assert.Equal(busy.Name, Assert.Single(later, worker => worker.HasItemIndex).Name);
        var pool = await PoolAsync(Admin);
        Assert.Equal((1u, 1u, 2u), (pool.BusyWorkers, pool.OpenJobs, pool.ReadyWorkers));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public Task A_number_of_workers_out_of_range_is_refused(int count) => IsRefused(
        "worker_count", StatusCode.InvalidArgument, "INVALID_ARGUMENT",
        async () => await Admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = count }, cancellationToken: Cancellation));

    [Theory]
    [InlineData("worker-3")]
    [InlineData("worker-0")]
    [InlineData("worker--1")]
    [InlineData("worker-")]
    [InlineData("1")]
    [InlineData("")]
    public Task A_worker_that_is_not_there_is_not_found(string name) => IsRefused(
        "name", StatusCode.NotFound, "UNKNOWN_WORKER",
        async () => await Admin.RecycleWorkerAsync(new RecycleWorkerRequest { Name = name }, cancellationToken: Cancellation));

    [Theory]
    [MemberData(nameof(GracesOutOfRange))]
    public async Task A_grace_out_of_range_is_refused_and_drains_nothing(string what, Duration grace)
    {
        Assert.NotEmpty(what);
        await IsRefused(
            "grace", StatusCode.InvalidArgument, "INVALID_ARGUMENT",
            async () => await Admin.DrainPoolAsync(new DrainPoolRequest { Grace = grace }, cancellationToken: Cancellation));
        await Eventually.AskAsync(() => PoolAsync(Admin), pool => pool.State == PoolState.Ready);
    }

    [Fact]
    public async Task Events_are_kept_followed_and_resumed_without_a_gap_or_a_repeat()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        await supervisor.WorkerProcessIdAsync(slot: 1);
        await supervisor.WorkerProcessIdAsync(slot: 2);
        var kept = await Eventually.AskAsync(() => EventLogs.KeptAsync(supervisor.Admin), events => events.Count == 2);
        Assert.Equal([1ul, 2], kept.Select(happened => happened.Sequence));
        Assert.All(kept, happened => Assert.Equal(EventKind.WorkerReady, happened.Kind));
        Assert.Equal(["worker-1", "worker-2"], kept.Select(happened => happened.Worker).Order());

        using var follow = supervisor.Admin.WatchEvents(
            new WatchEventsRequest { FromSequence = 2, Follow = true }, cancellationToken: Cancellation);
        Assert.Equal(kept[1], await NextOf(follow));
        var map = await StreamedMap.RunAsync(
            supervisor.Client, new MapStart { Function = "square", Options = new MapOptions { Label = "seen" } }, ["2"]);
        var started = await NextOf(follow);
        var ended = await NextOf(follow);
        Assert.Equal((3ul, EventKind.JobStarted, map.Started.JobId), (started.Sequence, started.Kind, started.JobId));
        Assert.Contains("square (seen)", started.Message, StringComparison.Ordinal);
        Assert.Equal((4ul, EventKind.JobEnded, map.Started.JobId), (ended.Sequence, ended.Kind, ended.JobId));
        Assert.Contains("1 succeeded", ended.Message, StringComparison.Ordinal);
        Assert.True(started.Time <= ended.Time);

        Assert.Equal([ended], await EventLogs.KeptAsync(supervisor.Admin, from: ended.Sequence));
        Assert.Equal([.. kept, started, ended], await EventLogs.KeptAsync(supervisor.Admin));
        Assert.Empty(await EventLogs.KeptAsync(supervisor.Admin, from: 5));
    }

    private static async Task<PoolEvent> NextOf(AsyncServerStreamingCall<WatchEventsResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation).WaitAsync(SupervisorProgram.Limit, Cancellation));
        return watch.ResponseStream.Current.Event;
    }

    private static async Task IsRefused(string field, StatusCode code, string reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.Equal(field, error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    private static async Task<PoolStatus> PoolAsync(AdminService.AdminServiceClient admin) =>
        (await admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool;

    private Task<IReadOnlyList<WorkerStatus>> WorkersWhen(Func<IReadOnlyList<WorkerStatus>, bool> isWanted) => Eventually.AskAsync(
        async () => (IReadOnlyList<WorkerStatus>)(await Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers,
        isWanted);
}
