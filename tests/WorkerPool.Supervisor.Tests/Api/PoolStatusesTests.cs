using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Tests.Dispatch;
using WorkerPool.Supervisor.Tests.Jobs;
using WorkerPool.Supervisor.Tests.Workers;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class PoolStatusesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_pool_is_starting_until_a_worker_has_introduced_itself()
    {
        Assert.Equal(PoolState.Starting, PoolStatuses.From(Pool() with { IsKnown = false }, _time).State);
        Assert.Equal((PoolState.Ready, ""), StateOf(Pool()));
    }

    [Fact]
    public void A_pool_that_takes_no_jobs_says_why()
    {
        var broken = Pool() with { Failure = new StartFailure("WORKER_START_FAILED", "It did not start.") };
        Assert.Equal((PoolState.Broken, "The pool has no workers, they cannot start: It did not start."), StateOf(broken));
        var draining = StateOf(broken with { IsDraining = true });
        Assert.Equal(PoolState.Draining, draining.State);
        Assert.NotEmpty(draining.Message);
    }

    [Fact]
    public void Workers_and_what_they_have_are_counted()
    {
        var status = PoolStatuses.From(Pool() with
        {
            SlotCount = 4,
            Workers =
            [
                Worker(1, SlotState.Ready, restarts: 2, inFlight: 3), Worker(2, SlotState.Ready), Worker(3, SlotState.BackingOff, restarts: 5),
                Worker(4, SlotState.Starting),
            ],
            AnsweredItems = 99,
            Uptime = TimeSpan.FromMinutes(2),
        }, _time);
        Assert.Equal((4u, 2u, 1u, 7ul), (status.SlotCount, status.ReadyWorkers, status.BusyWorkers, status.WorkerRestarts));
        Assert.Equal((99ul, TimeSpan.FromMinutes(2)), (status.AnsweredItems, status.Uptime.ToTimeSpan()));
        Assert.NotEmpty(status.Version);
    }

    [Fact]
    public void Open_jobs_and_single_calls_are_counted_each_by_themselves_and_what_waits_together()
    {
        var map = Snapshots.Of(1, new JobLedger(10, 0, 0, 0)) with { WaitingItems = 10, ItemTime = TimeSpan.FromSeconds(2) };
        var unknown = Snapshots.Of(2, new JobLedger(5, 0, 0, 0)) with { WaitingItems = 5 };
        var call = Snapshots.Of(3, new JobLedger(1, 0, 0, 0)) with
        {
            Spec = map.Spec with { IsApply = true },
            WaitingItems = 1,
            ItemTime = TimeSpan.FromSeconds(1),
        };
        var status = PoolStatuses.From(Pool() with { OpenJobs = [map, unknown, call] }, _time);
        Assert.Equal((2u, 1u, 16ul), (status.OpenJobs, status.OpenApplies, status.WaitingItems));
        Assert.Equal(TimeSpan.FromSeconds(21), status.WaitingWork.ToTimeSpan());
    }

    [Theory]
    [InlineData(SlotState.Vacant, 0, WorkerState.Vacant)]
    [InlineData(SlotState.Starting, 0, WorkerState.Starting)]
    [InlineData(SlotState.Ready, 0, WorkerState.Idle)]
    [InlineData(SlotState.Ready, 1, WorkerState.Busy)]
    [InlineData(SlotState.BackingOff, 0, WorkerState.BackingOff)]
    [InlineData(SlotState.Stopping, 1, WorkerState.Stopping)]
    [InlineData(SlotState.Stopped, 0, WorkerState.Stopped)]
    public void A_slot_is_shown_in_the_state_that_it_has(SlotState state, int inFlight, WorkerState expected) =>
        Assert.Equal(expected, PoolStatuses.From(Worker(1, state, inFlight: inFlight), _time).State);

    [Fact]
    public void A_worker_is_shown_with_its_item_and_how_long_that_has_run()
    {
        var longest = new ItemSnapshot(12, new RunningItem(7, 42, _time.GetTimestamp()));
        var since = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(1.5));
        var slot = new SlotSnapshot(
            3, SlotState.Ready, 4, new FakeWorker(), new FakeLaunchedWorker(), [], since, 3, "SIGKILL (exit code 137)");
        var status = PoolStatuses.From(new WorkerSnapshot(slot, [longest, longest], 1000, 6), _time);
        Assert.Equal(("worker-3", 3u, 4ul, Environment.ProcessId), (status.Name, status.Slot, status.Incarnation, status.ProcessId));
        Assert.Equal(("job-12", 42ul, TimeSpan.FromSeconds(1.5)), (status.JobId, status.ItemIndex, status.ItemRunningFor.ToTimeSpan()));
        Assert.Equal(2u, status.RunningItems);
        Assert.Equal((1000ul, 6ul, 3ul, "SIGKILL (exit code 137)"), (status.AnsweredItems, status.InFlightItems, status.Restarts, status.LastDeath));
        Assert.Equal(since, status.ReadySince.ToDateTimeOffset());
        Assert.True(status.MemoryBytes > 0 && status.CpuTime.ToTimeSpan() > TimeSpan.Zero, $"{status}");
    }

    [Fact]
    public void A_slot_without_a_worker_shows_none()
    {
        var status = PoolStatuses.From(Worker(1, SlotState.BackingOff), _time);
        Assert.False(status.HasProcessId || status.HasJobId || status.HasItemIndex);
        Assert.Null(status.ReadySince);
        Assert.Equal(0ul, status.MemoryBytes);
    }

    [Fact]
    public void An_item_of_a_chunk_that_is_not_held_any_more_is_not_shown()
    {
        var scheduler = new Scheduler(
            new RerunPolicy(1, TimeSpan.Zero, _time), TimeSpan.Zero, action => action(), (_, action) => action(), _time);
        var worker = new FakeWorker();
        scheduler.WorkerReady(worker);
        var slot = Worker(1, SlotState.Ready).Slot with { Worker = worker, Running = [new RunningItem(7, 42)] };
        Assert.False(PoolStatuses.From(WorkerSnapshot.Of(slot, scheduler), _time).HasItemIndex);
    }

    private (PoolState State, string Message) StateOf(PoolSnapshot pool)
    {
        var status = PoolStatuses.From(pool, _time);
        return (status.State, status.Message);
    }

    private static PoolSnapshot Pool() => new(true, false, null, 1, [], 0, [], 0, TimeSpan.Zero);

    private static WorkerSnapshot Worker(int number, SlotState state, long restarts = 0, long inFlight = 0) =>
        new(new SlotSnapshot(number, state, 0, null, null, [], null, restarts, ""), [], 0, inFlight);
}
