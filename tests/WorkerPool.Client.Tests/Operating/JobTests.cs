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
    public async Task A_job_is_watched_to_its_end()
    {
        await using var fake = await FakePool.StartAsync();
        var states = await fake.Pool.Admin.WatchJobAsync("job-1", TimeSpan.FromMilliseconds(50), Cancelled)
            .Select(job => job.State).ToListAsync(Cancelled);
        Assert.Equal([JobState.Running, JobState.Completed], states);
    }
}
