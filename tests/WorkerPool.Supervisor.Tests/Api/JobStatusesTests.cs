using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Tests.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class JobStatusesTests
{
    private static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(10);
    private static readonly JobLedger FortyAnswered = new(Accepted: 60, Succeeded: 30, Failed: 10, Cancelled: 0);

    [Fact]
    public void What_is_known_of_a_job_is_told()
    {
        var started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var status = JobStatuses.From(Snapshots.Of(5, FortyAnswered) with
        {
            WorkersInUse = 2,
            ChunkSizeNow = 4,
            WaitingItems = 11,
            InFlightItems = 6,
            HeldResults = 3,
            Busy = TimeSpan.FromSeconds(19),
            Started = started,
            Elapsed = Elapsed,
            Times = new Supervisor.Jobs.JobTimes(
                TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)),
            WorkerRestarts = 1,
        });
        Assert.Equal(("job-5", JobState.Running, "square", Order.Input), (status.Id, status.State, status.Function, status.Order));
        Assert.Equal(("holiday", "ipv4:127.0.0.1:1234", 2u, 3.0), (status.Label, status.Caller, status.MaxWorkers, status.Weight));
        Assert.Equal(new Ledger { Accepted = 60, Succeeded = 30, Failed = 10, Cancelled = 0 }, status.Ledger);
        Assert.Equal((2u, 4u, 11ul, 6ul, 3ul), (status.WorkersInUse, status.ChunkSizeNow, status.WaitingItems, status.InFlightItems, status.HeldResults));
        Assert.Equal((TimeSpan.FromSeconds(19), Elapsed, 1u), (status.Busy.ToTimeSpan(), status.Elapsed.ToTimeSpan(), status.WorkerRestarts));
        Assert.Equal(
            [1, 2, 3, 4],
            new[] { status.Times.AwaitingItems, status.Times.AwaitingWorkers, status.Times.Running, status.Times.AwaitingReader }
                .Select(time => time.Seconds));
        Assert.Equal(started, status.Started.ToDateTimeOffset());
        Assert.Equal(("", ""), (status.Reason, status.Message));
    }

    [Fact]
    public void The_rate_is_of_answered_items_over_its_life() =>
        Assert.Equal(4, JobStatuses.From(Snapshots.Of(1, FortyAnswered) with { Elapsed = Elapsed }).ItemsPerSecond);

    [Fact]
    public void A_job_that_has_just_begun_has_no_rate()
    {
        var status = JobStatuses.From(Snapshots.Of(1, new JobLedger(5, 0, 0, 0), itemCount: 5));
        Assert.Equal((0.0, 0.0), (status.ItemsPerSecond, status.Progress));
        Assert.Null(status.TimeLeft);
    }

    [Fact]
    public void Progress_and_time_left_are_told_where_the_number_of_items_is_known()
    {
        var status = JobStatuses.From(Snapshots.Of(1, FortyAnswered, itemCount: 160) with { Elapsed = Elapsed });
        Assert.Equal((160ul, 0.25), (status.ItemCount, status.Progress));
        Assert.Equal(TimeSpan.FromSeconds(30), status.TimeLeft.ToTimeSpan());

        var unknown = JobStatuses.From(Snapshots.Of(1, FortyAnswered) with { Elapsed = Elapsed });
        Assert.False(unknown.HasItemCount || unknown.HasProgress || unknown.TimeLeft is not null);
    }

    [Fact]
    public void More_items_than_were_promised_are_never_more_than_all()
    {
        var status = JobStatuses.From(Snapshots.Of(1, FortyAnswered, itemCount: 20) with { Elapsed = Elapsed });
        Assert.Equal((60ul, 40 / 60.0), (status.ItemCount, status.Progress));
    }

    [Fact]
    public void A_job_of_no_items_is_all_done() => Assert.Equal(1, JobStatuses.From(Snapshots.Of(1, itemCount: 0)).Progress);

    [Fact]
    public void A_job_that_is_over_has_no_time_left_and_says_why_it_ended()
    {
        var status = JobStatuses.From(Snapshots.Of(1, FortyAnswered, itemCount: 160) with
        {
            State = JobState.Failed,
            Elapsed = Elapsed,
            Failure = new JobFailedException("POOL_BROKEN", "No workers."),
        });
        Assert.Null(status.TimeLeft);
        Assert.Equal((JobState.Failed, "POOL_BROKEN", "No workers."), (status.State, status.Reason, status.Message));
    }

    [Fact]
    public void A_time_left_that_is_longer_than_any_duration_is_not_told()
    {
        var status = JobStatuses.From(
            Snapshots.Of(1, new JobLedger(1, 1, 0, 0), itemCount: long.MaxValue / 2) with { Elapsed = TimeSpan.FromHours(1) });
        Assert.Null(status.TimeLeft);
    }
}
