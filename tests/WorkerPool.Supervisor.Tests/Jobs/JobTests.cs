using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class JobTests
{
    private static readonly WorkOrder Order = new("f", Encoding.Json, Encoding.Json, null, 0);
    private readonly FakeJobHost _host = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_chunk_of_fixed_size_waits_until_it_is_whole_or_the_input_has_ended()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 3 }));
        job.Accept(0, Runs.OfIndexes(0, 2));
        Assert.False(job.CanTake);
        job.Accept(2, Runs.OfIndexes(2, 2));
        Assert.Equal(3, job.Take(1).Items.Count);
        Assert.False(job.CanTake);
        job.EndInput();
        Assert.Equal(1, job.Take(1).Items.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_result_that_is_taken_where_it_comes_from_is_taken_after_the_turn_and_by_the_same_thread(bool fails)
    {
        var job = new Job(
            1, new JobSpec(Order, ItemCount: 1, IsApply: true), new JobLimits(100, 1000, 100), _host, _time, isTakenHere: true);
        var takenBy = 0;
        var taking = job.Output.ReadAsync(TestContext.Current.CancellationToken).AsTask().ContinueWith(
            task =>
            {
                takenBy = Environment.CurrentManagedThreadId;
                return task.IsFaulted;
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        job.Accept(0, Runs.OfIndexes(0, 1));
        job.EndInput();
        if (fails)
        {
            job.Fail(ErrorReasons.JobCancelled, "");
        }
        else
        {
            job.Take(1);
            job.Answered(0, Runs.OfSizes(1), [], 1);
        }

        Assert.True(job.IsOver);
        Assert.Equal((0, false), (takenBy, job.Summary.IsCompleted));
        Assert.Single(_host.AfterTurns)();
        Assert.Equal(Environment.CurrentManagedThreadId, takenBy);
        Assert.Equal((true, fails), (job.Summary.IsCompleted, job.Summary.IsFaulted));
        Assert.Equal(fails, await taking);
    }

    [Fact]
    public void Shared_arguments_come_whole_before_the_items_and_are_let_go_with_the_job()
    {
        var shared = new SharedArguments([new SharedArgument { Name = "table", Size = 4 }]);
        var job = Open(new JobSpec(Order with { Shared = shared }));
        job.AddShared(new byte[4]);
        job.Accept(0, Runs.OfIndexes(0, 1));
        Assert.True(job.CanTake);
        Assert.Single(shared.Pieces);
        job.Fail(ErrorReasons.JobCancelled, "");
        Assert.Empty(shared.Pieces);
    }

    [Fact]
    public void Items_before_the_shared_arguments_are_whole_fail_the_job()
    {
        var job = Open(new JobSpec(Order with { Shared = new SharedArguments([new SharedArgument { Name = "table", Size = 4 }]) }));
        job.AddShared(new byte[3]);
        job.Accept(0, Runs.OfIndexes(0, 1));
        Assert.Equal(ErrorReasons.UnexpectedMessage, job.Snapshot(0).Failure!.Reason);
    }

    [Fact]
    public void What_was_handed_back_does_not_wait_for_a_whole_chunk_that_cannot_come()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 2 }));
        job.Accept(0, Runs.OfIndexes(0, 2));
        var chunk = job.Take(1);
        job.Answered(1, Runs.OfSizes(1), [], 2);
        job.Returned(0, chunk.Items.Slice(0, 1));
        Assert.True(job.CanTake);
    }

    [Fact]
    public void Items_too_large_for_the_pool_do_not_keep_the_others_waiting_for_a_whole_chunk()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 3 }), new JobLimits(1000, 1000, MaxItemBytes: 10));
        job.Accept(0, Runs.OfSizes(1, 11));
        Assert.True(job.CanTake);
        Assert.Equal(0ul, job.Take(1).FirstIndex);
    }

    [Fact]
    public void A_job_whose_values_fill_the_window_pauses_except_for_the_index_that_all_wait_for()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }), new JobLimits(100, WindowBytes: 40, MaxItemBytes: 10));
        job.Accept(0, Runs.OfIndexes(0, 4));
        var first = job.Take(1);
        job.Take(1);
        job.Answered(1, Runs.OfSizes(50), [], 2);
        Assert.False(job.CanTake);
        job.Returned(0, first.Items);
        Assert.True(job.CanTake);
        Assert.Equal(0ul, job.Take(1).FirstIndex);
    }

    [Fact]
    public void A_job_whose_client_takes_nothing_pauses_also_for_the_index_that_comes_next()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }), new JobLimits(100, WindowBytes: 40, MaxItemBytes: 10));
        job.Accept(0, Runs.OfIndexes(0, 5));
        for (var index = 0ul; job.CanTake; index++)
        {
            job.Take(1);
            job.Answered(index, Runs.OfSizes(20), [], 2);
        }

        // As much as the window was sent, as much waits to be.
        Assert.Equal(4, job.Snapshot(workersInUse: 0).Ledger.Succeeded);
        job.Acknowledge(1, 20);
        Assert.True(job.CanTake);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_that_are_on_their_way_count_as_many_as_those_before_had_bytes(bool isOrdered)
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }, IsOrdered: isOrdered), new JobLimits(100, WindowBytes: 40, MaxItemBytes: 10));
        job.Accept(0, Runs.OfIndexes(0, 9));
        job.Take(1);
        job.Measured(1, 20, 1000);
        job.Answered(0, Runs.OfSizes(20), [], 2);
        job.Take(1);
        job.Take(1);
        Assert.False(job.CanTake);
    }

    [Fact]
    public void An_item_over_the_limit_fails_by_itself()
    {
        var job = Open(new JobSpec(Order), new JobLimits(100, 1000, MaxItemBytes: 10));
        job.Accept(0, Runs.OfSizes(11));
        job.EndInput();
        Assert.True(job.Output.TryRead(out var run));
        var error = Assert.Single(run.Errors);
        Assert.Equal((ErrorReasons.ItemTooLarge, 0u), (error.Reason, error.Attempts));
        Assert.Equal("Item 0 has 11 bytes; the pool takes items of up to 10 bytes.", error.Message);
        Assert.True(job.Summary.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_job_without_items_completes_with_an_empty_account()
    {
        var job = Open(new JobSpec(Order));
        job.EndInput();
        var summary = await job.Summary;
        Assert.Equal((JobOutcome.Completed, default(JobLedger)), (summary.Outcome, summary.Ledger));
        Assert.True(_host.IsRemoved);
    }

    [Fact]
    public async Task An_ordered_job_that_stops_still_delivers_what_comes_before_the_failed_item()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }, StopsOnError: true));
        job.Accept(0, Runs.OfIndexes(0, 4));
        job.Take(1);
        job.Take(1);
        job.Answered(1, Runs.OfSizes(0), [Runs.Error(1)], 2);
        Assert.False(job.CanTake);
        job.Answered(0, Runs.OfSizes(3), [], 2);
        var summary = await job.Summary;
        Assert.Equal((JobOutcome.Stopped, new JobLedger(4, 1, 1, 2)), (summary.Outcome, summary.Ledger));
        Assert.Equal([0ul, 1], Taken(job).Select(run => run.FirstIndex));
    }

    [Fact]
    public void A_job_that_has_stopped_and_waits_for_its_reader_has_nothing_that_waits_for_a_worker()
    {
        var job = Open(new JobSpec(Order with { ChunkSize = 1 }, StopsOnError: true), new JobLimits(100, WindowBytes: 10, 100));
        job.Accept(0, Runs.OfIndexes(0, 5));
        job.Take(1);
        job.Take(1);
        job.Take(1);
        job.Answered(2, Runs.OfSizes(1), [], 2);
        job.Answered(0, Runs.OfSizes(8), [], 2);
        job.Answered(1, Runs.OfSizes(8), [Runs.Error(1)], 2);

        var stopped = job.Snapshot(workersInUse: 0);
        Assert.Equal((JobState.Running, 0L, 0L, 1L), (stopped.State, stopped.WaitingItems, stopped.InFlightItems, stopped.HeldResults));
        Assert.Equal(0, job.WaitingItems);
    }

    [Fact]
    public async Task What_happens_after_the_window_is_overrun_is_ignored()
    {
        var job = Open(new JobSpec(Order), new JobLimits(WindowItems: 2, 1000, 10));
        job.Accept(0, Runs.OfIndexes(0, 3));
        await FailsWith(job, ErrorReasons.WindowOverrun);
        job.Accept(3, Runs.OfIndexes(3, 1));
        job.Acknowledge(9, 9);
        job.Answered(0, Runs.OfSizes(1), [], 2);
        job.EndInput();
        await FailsWith(job, ErrorReasons.WindowOverrun);
    }

    [Fact]
    public async Task Indexes_that_do_not_rise_fail_the_job()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(5, Runs.OfIndexes(5, 2));
        job.Accept(6, Runs.OfIndexes(6, 1));
        await FailsWith(job, ErrorReasons.InvalidArgument);
    }

    [Fact]
    public async Task An_index_beyond_all_bounds_fails_the_job()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(ulong.MaxValue, Runs.OfIndexes(0, 2));
        await FailsWith(job, ErrorReasons.InvalidArgument);
    }

    [Fact]
    public async Task Items_after_the_end_of_the_input_fail_the_job()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 1));
        job.EndInput();
        job.Accept(1, Runs.OfIndexes(1, 1));
        await FailsWith(job, ErrorReasons.UnexpectedMessage);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 6)]
    public async Task Acknowledging_more_than_was_sent_fails_the_job(ulong results, ulong bytes)
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 2));
        job.Answered(0, Runs.OfSizes(5), [], 2);
        job.Acknowledge(results, bytes);
        await FailsWith(job, ErrorReasons.InvalidArgument);
    }

    [Fact]
    public async Task The_summary_tells_how_long_it_took_and_how_busy_workers_were()
    {
        var job = Open(new JobSpec(Order));
        job.Accept(0, Runs.OfIndexes(0, 1));
        job.Take(1);
        _time.Advance(TimeSpan.FromSeconds(3));
        job.Measured(1, 2, 2e9);
        job.WorkerLost();
        job.Answered(0, Runs.OfSizes(5), [], 2);
        job.EndInput();
        var summary = await job.Summary;
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), 1), (summary.Elapsed, summary.Busy, summary.WorkerRestarts));
        Assert.Equal("job-4", summary.JobId);
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(10, 100)]
    [InlineData(50, 500)]
    public void The_window_is_wide_enough_for_whole_chunks_on_all_workers(int? chunkSize, int expected) =>
        Assert.Equal(expected, new JobLimits(100, 1000, 10).For(chunkSize, slotCount: 4).WindowItems);

    private static async Task FailsWith(Job job, string reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<JobFailedException>(() => job.Summary)).Reason);

    private static List<ResultRun> Taken(Job job)
    {
        var runs = new List<ResultRun>();
        while (job.Output.TryRead(out var run))
        {
            runs.Add(run);
        }

        return runs;
    }

    private Job Open(JobSpec spec, JobLimits? limits = null) => new(4, spec, limits ?? new JobLimits(100, 1000, 100), _host, _time);
}
