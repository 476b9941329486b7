using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Jobs;

/// <summary>Since when a job waits for whom.</summary>
public sealed class JobStandingTests
{
    private static readonly WorkOrder Order = new("f", Encoding.Json, Encoding.Json, null, 0);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_reader_is_waited_for_since_it_last_read()
    {
        var job = Open(new JobSpec(Order));
        Second();
        job.Accept(0, Runs.OfIndexes(0, 4));
        job.Take(1);
        Answer(job, 0, 4);
        Second(3);
        Assert.Equal((TimeSpan.FromSeconds(3), 4L, 0L), Unread(job));
        job.Acknowledge(2, 2);
        Second(2);
        Assert.Equal((TimeSpan.FromSeconds(2), 2L, 2L), Unread(job));

        // To say again what was read is not to read.
        job.Acknowledge(2, 2);
        Assert.Equal(TimeSpan.FromSeconds(2), Unread(job).For);
    }

    [Fact]
    public void A_reader_that_had_read_all_is_waited_for_since_there_was_something_to_read()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 2));
        job.Take(1);
        Answer(job, 0, 1);
        job.Acknowledge(1, 1);
        Second(60);
        job.Accept(2, Runs.OfIndexes(2, 1));
        job.Take(1);
        Answer(job, 1, 1);
        Second(4);
        Assert.Equal((TimeSpan.FromSeconds(4), 1L, 1L), Unread(job));
    }

    [Fact]
    public void Items_that_no_worker_has_and_that_do_not_wait_are_to_be_tried_again()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 3));
        job.Take(1);
        var inFlight = job.Snapshot(0).InFlightItems;
        Assert.Equal(0, job.Standing(inFlight).AwaitingRerun);
        Assert.Equal(1, job.Standing(inFlight - 1).AwaitingRerun);
    }

    [Fact]
    public void Tries_are_counted_where_they_are_charged()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 3));
        var chunk = job.Take(1);
        job.Returned(chunk.FirstIndex, chunk.Items);
        job.Take(1);
        job.TriedAgain(1);
        job.Charged(0, new SpentTries(1, 0));
        job.Charged(0, new SpentTries(1, 1));
        var taken = chunk.Items.Count;
        Assert.Equal((taken + 1L, 1L, 1L, 1L), (
            job.Snapshot(0).Attempts.Given, job.Snapshot(0).Attempts.Reruns, job.Snapshot(0).Attempts.Crashes, job.Snapshot(0).Attempts.Throws));
    }

    private Job Open(JobSpec spec) => new(1, spec, new JobLimits(1000, 1000, 100), new FakeJobHost(), _time);

    private void Answer(Job job, ulong first, int count)
    {
        job.Timed(new WorkerIdentity(1, 1), first, count, new ChunkResults(), 0, _time.GetTimestamp());
        job.Answered(first, Runs.OfSizes([.. Enumerable.Repeat(1, count)]), [], 2 * count);
    }

    private void Second(int count = 1) => _time.Advance(TimeSpan.FromSeconds(count));

    private static (TimeSpan For, long Unread, long Taken) Unread(Job job)
    {
        var standing = job.Standing(0);
        return (standing.UnreadFor, standing.UnreadResults, standing.TakenResults);
    }
}
