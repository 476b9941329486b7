using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Jobs;

/// <summary>Where a job's time goes: a second passes after every step, and is found at the stage that the step led to.</summary>
public sealed class JobTimesTests
{
    private static readonly WorkOrder Order = new("f", Encoding.Json, Encoding.Json, null, 0);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_job_waits_for_items_then_for_a_worker_then_runs_and_waits_for_items_again()
    {
        var job = Open(new JobSpec(Order));
        Second();
        job.Accept(0, Runs.OfIndexes(0, 1));
        Second(2);
        job.Take(1);
        Second(3);
        job.Answered(0, Runs.OfSizes(1), [], 2);
        Second(4);

        Assert.Equal(Times(items: 5, workers: 2, running: 3), job.Snapshot(0).Times);
    }

    [Fact]
    public void A_job_runs_while_any_of_its_items_is_out_even_if_others_wait()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }));
        job.Accept(0, Runs.OfIndexes(0, 3));
        var first = job.Take(1);
        Second();
        job.Take(1);
        Second();
        job.Returned(0, first.Items);
        Second();
        job.Answered(1, Runs.OfSizes(1), [], 2);
        Second();

        Assert.Equal(Times(workers: 1, running: 3), job.Snapshot(0).Times);
    }

    [Fact]
    public void A_window_full_of_results_is_a_wait_for_the_reader()
    {
        var job = Open(new JobSpec(Order), new JobLimits(WindowItems: 4, 1000, 100));
        Fill(job, 0, 4);
        Second();
        job.Acknowledge(1, 1);
        Second();
        job.Acknowledge(4, 4);
        Second();

        Assert.Equal(Times(items: 1, reader: 2), job.Snapshot(0).Times);
    }

    [Fact]
    public void Values_that_fill_the_window_are_a_wait_for_the_reader_whether_or_not_items_wait()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }, IsOrdered: false), new JobLimits(100, WindowBytes: 10, 100));
        job.Accept(0, Runs.OfIndexes(0, 3));
        job.Take(1);
        job.Answered(0, Runs.OfSizes(50), [], 2);
        job.Take(1);
        job.Answered(1, Runs.OfSizes(50), [], 2);
        Assert.False(job.CanTake);
        Second();
        job.Acknowledge(1, 50);
        Second();
        job.Take(1);
        job.Answered(2, Runs.OfSizes(50), [], 2);
        job.EndInput();
        Second();

        Assert.Equal(Times(workers: 1, reader: 2), job.Snapshot(0).Times);
    }

    [Fact]
    public void Items_that_make_no_whole_chunk_are_a_wait_for_items()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 3 }));
        job.Accept(0, Runs.OfIndexes(0, 2));
        Second();

        Assert.Equal(Times(items: 1), job.Snapshot(0).Times);
    }

    [Fact]
    public void An_item_that_is_to_be_tried_again_counts_as_running()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 1));
        job.Take(1);
        job.WorkerLost();
        Second();

        Assert.Equal(Times(running: 1), job.Snapshot(0).Times);
    }

    [Fact]
    public void A_job_that_is_over_has_no_more_time_and_its_times_are_all_of_it()
    {
        var job = Open(new JobSpec(Order));
        Second();
        job.Accept(0, Runs.OfIndexes(0, 2));
        Second();
        job.Take(1);
        Second();
        job.Fail("JOB_CANCELLED", "Enough.");
        Second(5);
        job.Answered(0, Runs.OfSizes(1), [], 2);
        job.Returned(1, new ItemSegments([Runs.OfIndexes(1, 1)]));
        Second(5);

        var ended = job.Snapshot(0);
        Assert.Equal(Times(items: 1, workers: 1, running: 1), ended.Times);
        Assert.Equal(TimeSpan.FromSeconds(3), ended.Elapsed);
    }

    private static void Fill(Job job, ulong from, int count)
    {
        job.Accept(from, Runs.OfIndexes(from, count));
        while (job.CanTake)
        {
            var chunk = job.Take(1);
            job.Answered(chunk.FirstIndex, Runs.OfSizes([.. Enumerable.Repeat(1, chunk.Items.Count)]), [], chunk.Items.ByteCount);
        }
    }

    private static Supervisor.Jobs.JobTimes Times(int items = 0, int workers = 0, int running = 0, int reader = 0) => new(
        TimeSpan.FromSeconds(items), TimeSpan.FromSeconds(workers), TimeSpan.FromSeconds(running), TimeSpan.FromSeconds(reader));

    private void Second(int count = 1) => _time.Advance(TimeSpan.FromSeconds(count));

    private Job Open(JobSpec spec, JobLimits? limits = null) =>
        new(4, spec, limits ?? new JobLimits(100, 1000, 100), new FakeJobHost(), _time);
}
