using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Tests.Fakes;

namespace WorkerPool.Client.Tests.Operating;

public sealed class JobTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listing_asks_page_by_page()
    {
        await using var fake = await FakePool.StartAsync();
        var jobs = await fake.Pool.Admin.ListJobsAsync(null, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(fake.Jobs.Jobs.Select(job => job.Id), jobs.Select(job => job.Id));
        Assert.Equal(["", "100", "200"], fake.Jobs.Listed.Select(request => request.PageToken));
    }

    [Fact]
    public async Task A_listing_asks_no_further_than_it_is_read()
    {
        await using var fake = await FakePool.StartAsync();
        var filter = new JobFilter { State = JobState.Failed, Label = "night", PageSize = 10 };
        Assert.Equal(15, await fake.Pool.Admin.ListJobsAsync(filter, Cancelled).Take(15).CountAsync(Cancelled));
        Assert.Equal(2, fake.Jobs.Listed.Count);
        Assert.All(fake.Jobs.Listed, asked => Assert.Equal((V1.JobState.Failed, "night", 10), (asked.State, asked.Label, asked.PageSize)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobFilter { PageSize = 1001 });
    }

    [Fact]
    public async Task A_job_is_told_as_it_is()
    {
        await using var fake = await FakePool.StartAsync();
        fake.Jobs.Jobs.Add(new V1.JobStatus
        {
            Id = "job-x",
            State = V1.JobState.Running,
            Order = V1.Order.Completion,
            Ledger = new V1.Ledger { Accepted = 10, Succeeded = 4, Failed = 1, Cancelled = 0 },
            ItemCount = 0,
            Times = new V1.JobTimes { Running = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)), AwaitingReader = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) },
            MaxWorkers = 2,
            Weight = 0.5,
        });
        var job = await fake.Pool.Admin.GetJobAsync("job-x", Cancelled);
        Assert.Equal(new JobLedger(10, 4, 1, 0), job.Ledger);
        Assert.Equal(new JobTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)), job.Times);
        Assert.Equal((false, 0L, null, null, 2, 0.5), (job.Ordered, job.ItemCount, job.Progress, job.TimeLeft, job.MaxWorkers, job.Weight));
        var plain = await fake.Pool.Admin.GetJobAsync("job-1", Cancelled);
        Assert.Equal((true, null, null), (plain.Ordered, plain.ItemCount, plain.MaxWorkers));
    }

    [Fact]
    public async Task A_job_is_cancelled_or_not_there()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Equal(JobState.Cancelled, (await fake.Pool.Admin.CancelJobAsync("job-2", Cancelled)).State);
        var unknown = await Assert.ThrowsAsync<UnknownJobException>(() => fake.Pool.Admin.CancelJobAsync("job-0", Cancelled));
        Assert.Equal("UNKNOWN_JOB", unknown.Reason);
        await Assert.ThrowsAsync<UnknownJobException>(() => fake.Pool.Admin.GetJobAsync("job-0", Cancelled));
        await Assert.ThrowsAsync<UnknownJobException>(async () =>
            await fake.Pool.Admin.WatchJobAsync("job-0", null, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_job_is_explained_also_by_a_pool_that_finds_more_than_is_known_here()
    {
        await using var fake = await FakePool.StartAsync();
        var explained = await fake.Pool.Admin.ExplainJobAsync("job-7", Cancelled);
        Assert.Equal("job-7", explained.Job.Id);
        Assert.Equal(
            [(FindingKind.Straggler, FindingSeverity.Warning, "item 40 runs long."), (FindingKind.Unknown, FindingSeverity.Unknown, "of a later release.")],
            explained.Findings.Select(finding => (finding.Kind, finding.Severity, finding.Sentence)));
        Assert.Equal("40", explained.Findings[0].Values["item"]);
        await Assert.ThrowsAsync<UnknownJobException>(() => fake.Pool.Admin.ExplainJobAsync("job-0", Cancelled));
    }

    [Fact]
    public void Every_kind_and_severity_of_the_wire_is_known() => Assert.Equal(
        [.. System.Enum.GetValues<V1.FindingKind>().Skip(1).Select(kind => $"{kind} {(int)kind}"), .. System.Enum.GetValues<V1.FindingSeverity>().Skip(1).Select(severity => $"{severity} {(int)severity}")],
        [.. System.Enum.GetValues<FindingKind>().Skip(1).Select(kind => $"{kind} {(int)kind}"), .. System.Enum.GetValues<FindingSeverity>().Skip(1).Select(severity => $"{severity} {(int)severity}")]);

    [Fact]
    public async Task Where_its_time_went_is_told_as_it_is()
    {
        await using var fake = await FakePool.StartAsync();
        var times = new V1.ItemTimes
        {
            Count = 3,
            P50 = Seconds(1),
            P90 = Seconds(2),
            P99 = Seconds(3),
            Max = Seconds(4),
            Sum = Seconds(6),
            Histogram = { new V1.TimeBucket { UpTo = Seconds(5), Count = 3 } },
        };
        fake.Jobs.Jobs.Add(new V1.JobStatus
        {
            Id = "job-x",
            ItemTimes = times,
            FunctionItemTimes = times,
            WorkerItemTimes = { new V1.WorkerItemTimes { Worker = "worker-2", Times = times } },
            WorkerTimes = new V1.WorkerTimes { Starting = Seconds(1), Initializing = Seconds(2), Waiting = Seconds(3), Working = Seconds(4), Sending = Seconds(0) },
            SlowestItems = { new V1.SlowItem { Index = 2, Worker = "worker-2", RanFor = Seconds(4) } },
            FailedItems = { new V1.ItemError { Index = 1, Reason = "WORKER_CRASHED", Message = "It died.", Attempts = 3, Metadata = { ["exit_code"] = "3" } } },
            Attempts = new V1.Attempts { Given = 5, Reruns = 2, Crashes = 2, Throws = 1 },
        });
        var job = await fake.Pool.Admin.GetJobAsync("job-x", Cancelled);
        Assert.Equal((3L, 1.0, 2.0, 3.0, 4.0, 6.0), (
            job.ItemTimes!.Count, job.ItemTimes.P50.TotalSeconds, job.ItemTimes.P90.TotalSeconds, job.ItemTimes.P99.TotalSeconds,
            job.ItemTimes.Max.TotalSeconds, job.ItemTimes.Sum.TotalSeconds));
        Assert.Equal(new TimeBucket(TimeSpan.FromSeconds(5), 3), Assert.Single(job.ItemTimes.Histogram));
        Assert.Equal("worker-2", Assert.Single(job.WorkerItemTimes).Worker);
        Assert.Equal((10.0, 0.4), (job.WorkerTimes.Sum.TotalSeconds, job.WorkerTimes.ShareOf(job.WorkerTimes.Working)));
        Assert.Equal(new SlowItem(2, "worker-2", TimeSpan.FromSeconds(4)), Assert.Single(job.SlowestItems));
        Assert.Equal((1L, "WORKER_CRASHED", 3, "3"), (job.FailedItems[0].Index, job.FailedItems[0].Reason, job.FailedItems[0].Attempts, job.FailedItems[0].Metadata["exit_code"]));
        Assert.Equal(new JobAttempts(5, 2, 2, 1), job.Attempts);
        var plain = await fake.Pool.Admin.GetJobAsync("job-1", Cancelled);
        Assert.Equal((null, null, 0.0), (plain.ItemTimes, plain.FunctionItemTimes, plain.WorkerTimes.ShareOf(TimeSpan.Zero)));

        static Duration Seconds(int seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_job_is_watched_to_its_end()
    {
        await using var fake = await FakePool.StartAsync();
        var states = await fake.Pool.Admin.WatchJobAsync("job-1", TimeSpan.FromMilliseconds(50), Cancelled)
            .Select(job => job.State).ToListAsync(Cancelled);
        Assert.Equal([JobState.Running, JobState.Completed], states);
    }
}
