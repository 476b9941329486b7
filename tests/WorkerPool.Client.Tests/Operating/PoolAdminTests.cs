using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Tests.Fakes;

namespace WorkerPool.Client.Tests.Operating;

public sealed class PoolAdminTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_and_its_workers_are_told()
    {
        await using var fake = await FakePool.StartAsync();
        fake.Admin.Pool.WaitingWork = Duration.FromTimeSpan(TimeSpan.FromSeconds(3));
        var pool = await fake.Pool.Admin.GetPoolAsync(Cancelled);
        Assert.Equal((PoolState.Ready, 1, 1, TimeSpan.FromSeconds(3)), (pool.State, pool.SlotCount, pool.ReadyWorkers, pool.WaitingWork));
        var worker = Assert.Single(await fake.Pool.Admin.ListWorkersAsync(Cancelled));
        Assert.Equal(("worker-1", WorkerState.Idle), (worker.Name, worker.State));
    }

    [Fact]
    public async Task What_a_worker_does_not_have_is_null_and_a_zero_is_a_zero()
    {
        await using var fake = await FakePool.StartAsync();
        var idle = Assert.Single(await fake.Pool.Admin.ListWorkersAsync(Cancelled));
        Assert.Equal((null, null, null, null), (idle.ProcessId, idle.ItemIndex, idle.ItemRunningFor, idle.ReadySince));
        fake.Admin.Worker.ItemIndex = 0;
        fake.Admin.Worker.ReadySince = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
        var busy = Assert.Single(await fake.Pool.Admin.ListWorkersAsync(Cancelled));
        Assert.Equal((0L, DateTimeOffset.UnixEpoch), (busy.ItemIndex, busy.ReadySince));
    }

    [Fact]
    public async Task A_state_of_a_later_release_is_unknown()
    {
        await using var fake = await FakePool.StartAsync();
        fake.Admin.Pool.State = (V1.PoolState)99;
        Assert.Equal(PoolState.Unknown, (await fake.Pool.Admin.GetPoolAsync(Cancelled)).State);
    }

    [Fact]
    public async Task A_pool_is_resized_within_its_range()
    {
        await using var fake = await FakePool.StartAsync();
        await using var admin = PoolAdmin.Connect(fake.Address);
        Assert.Equal(7, (await admin.ResizeAsync(7, Cancelled)).SlotCount);
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => admin.ResizeAsync(1025, Cancelled));
        Assert.Equal("INVALID_ARGUMENT", refused.Reason);
    }

    [Fact]
    public async Task A_worker_that_is_not_there_cannot_be_recycled()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Equal("worker-1", (await fake.Pool.Admin.RecycleWorkerAsync("worker-1", Cancelled)).Name);
        var unknown = await Assert.ThrowsAsync<UnknownWorkerException>(() => fake.Pool.Admin.RecycleWorkerAsync("worker-9", Cancelled));
        Assert.Equal("UNKNOWN_WORKER", unknown.Reason);
    }

    [Fact]
    public async Task Recycling_all_tells_how_many_went_and_which_stayed()
    {
        await using var fake = await FakePool.StartAsync();
        var recycling = await fake.Pool.Admin.RecycleAllAsync(Cancelled);
        Assert.Equal((3, "worker-2"), (recycling.ReplacedWorkers, Assert.Single(recycling.KeptWorkers)));
    }

    [Fact]
    public async Task A_drain_takes_a_grace_of_nothing_but_none_below()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Equal(PoolState.Draining, (await fake.Pool.Admin.DrainAsync(TimeSpan.Zero, Cancelled)).State);
        Assert.Equal(TimeSpan.Zero, fake.Admin.Drained!.Grace.ToTimeSpan());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fake.Pool.Admin.DrainAsync(TimeSpan.FromTicks(-1), Cancelled));
    }

    [Fact]
    public async Task Events_go_on_from_any_of_them()
    {
        await using var fake = await FakePool.StartAsync();
        var all = await fake.Pool.Admin.WatchEventsAsync(cancellationToken: Cancelled).ToListAsync(Cancelled);
        Assert.Equal(Enumerable.Range(1, FakeAdminService.KeptEvents).Select(n => (long)n), all.Select(each => each.Sequence));
        var rest = await fake.Pool.Admin.WatchEventsAsync(all[^3].Sequence + 1, cancellationToken: Cancelled).ToListAsync(Cancelled);
        Assert.Equal(all[^2..], rest);
    }

    [Fact]
    public async Task Following_events_ends_with_its_token()
    {
        await using var fake = await FakePool.StartAsync();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var ended = await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in fake.Pool.Admin.WatchEventsAsync(0, follow: true, leave.Token))
            {
                if (happened.Sequence == FakeAdminService.KeptEvents)
                {
                    await leave.CancelAsync();
                }
            }
        });
        Assert.Equal(leave.Token, ended.CancellationToken);
    }

    [Fact]
    public async Task A_pool_that_ends_ends_what_its_operators_wait_for()
    {
        await using var fake = await FakePool.StartAsync();
        var events = fake.Pool.Admin.WatchEventsAsync(FakeAdminService.KeptEvents, follow: true, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();
        await fake.Pool.CloseAsync(Cancelled);
        await Assert.ThrowsAsync<PoolClosedException>(() => next);
        await Assert.ThrowsAsync<PoolClosedException>(() => fake.Pool.Admin.GetPoolAsync(Cancelled));
    }

    [Fact]
    public async Task Disposing_a_pools_operator_does_nothing_to_the_pool()
    {
        await using var fake = await FakePool.StartAsync();
        await using (fake.Pool.Admin)
        {
        }

        Assert.Equal(PoolState.Ready, (await fake.Pool.Admin.GetPoolAsync(Cancelled)).State);
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_named()
    {
        await using var admin = PoolAdmin.Connect("http://127.0.0.1:1");
        var unreachable = await Assert.ThrowsAsync<PoolUnreachableException>(() => admin.GetPoolAsync(Cancelled));
        Assert.Contains("http://127.0.0.1:1", unreachable.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PoolUnreachableException>(async () => await admin.ListJobsAsync(null, Cancelled).ToListAsync(Cancelled));
        Assert.Throws<ArgumentException>(() => PoolAdmin.Connect("pool"));
    }
}
