using System.Collections.Concurrent;
using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Maps and calls that are started, and looked after later.</summary>
public abstract class HandleContract(PoolSource pools) : ContractTest(pools)
{
    private static readonly long[] EightAndNine = [8, 9];

    [Fact]
    public async Task A_started_map_runs_by_itself_and_gives_all_values_in_order()
    {
        var job = Pool.StartMap<int, long>("square", Enumerable.Range(0, 20_000), null, null, Cancellation);

        Assert.True(await job.WaitAsync(Limit, Cancellation));
        Assert.True(job.Completion.IsCompletedSuccessfully);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i * i), await job.Completion);
        Assert.Equal(20_000, job.Outcomes.Count);
        Assert.Equal(new JobProgress(20_000, 0, 20_000), job.Progress);
        Assert.Equal(20_000, job.Summary!.Ledger.Succeeded);
        Assert.Equal(job.Summary.JobId, await job.Id);
    }

    [Fact]
    public async Task A_started_map_takes_no_more_than_the_window_of_an_endless_source_and_ends_when_it_is_cancelled()
    {
        var job = Pool.StartMap<double, double>("sleep", Endless(), null, null, Cancellation);
        Assert.NotEmpty(await job.Id.WaitAsync(Limit, Cancellation));
        Assert.Null(job.Progress.Total);

        await job.CancelAsync().WaitAsync(Limit, Cancellation);
        Assert.True(job.Completion.IsCanceled);
        Assert.Null(job.Summary);

        static IEnumerable<double> Endless()
        {
            while (true)
            {
                yield return 600;
            }
        }
    }

    [Fact]
    public async Task Progress_rises_to_the_number_of_items()
    {
        var reports = new Reports();
        var job = Pool.StartMap<int, int>("even_only", Enumerable.Range(0, 5000), null, reports, Cancellation);
        Assert.True(await job.WaitAsync(Limit, Cancellation));

        Assert.Equal(new JobProgress(2500, 2500, 5000), reports.Seen.Last());
        Assert.Equal(reports.Seen.Order(Comparer<JobProgress>.Create((a, b) => a.Done.CompareTo(b.Done))), reports.Seen);
    }

    [Fact]
    public async Task A_failure_does_not_stop_the_others_and_the_lowest_is_thrown()
    {
        var job = Pool.StartMap<int, int>("even_only", [0, 2, 5, 4, 7, 8], null, null, Cancellation);
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => job.Completion.WaitAsync(Limit, Cancellation));

        Assert.Equal(2, error.Index);
        Assert.Equal([true, true, false, true, false, true], job.Outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (long)i), job.Outcomes.Select(outcome => outcome.Index));
        Assert.Equal(2, job.Summary!.Ledger.Failed);
    }

    [Fact]
    public async Task A_job_that_is_to_stop_stops_at_its_lowest_failure()
    {
        var options = new MapOptions { OnItemError = OnItemError.Stop };
        var job = Pool.StartMap<int, int>("even_only", Enumerable.Range(0, 1000), options, null, Cancellation);
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => job.Completion.WaitAsync(Limit, Cancellation));

        Assert.Equal(1, error.Index);
        Assert.Equal([true, false], job.Outcomes.Select(outcome => outcome.Succeeded));
        Assert.True(job.Summary!.Stopped);
    }

    [Fact]
    public async Task Waiting_ends_with_its_time_and_not_with_the_job()
    {
        var job = Pool.StartMap<double, double>("sleep", [600], null, null, Cancellation);
        Assert.False(await job.WaitAsync(TimeSpan.FromMilliseconds(50), Cancellation));
        Assert.False(job.Completion.IsCompleted);

        await job.CancelAsync().WaitAsync(Limit, Cancellation);
        Assert.True(await job.WaitAsync(TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task What_was_answered_before_a_cancellation_stays()
    {
        var first = new Reports();
        var job = Pool.StartMap<double, double>("sleep", [0, 600], new MapOptions { ChunkSize = 1 }, first, Cancellation);
        await first.Came.Task.WaitAsync(Limit, Cancellation);
        await job.CancelAsync().WaitAsync(Limit, Cancellation);

        Assert.Equal(0, Assert.Single(job.Outcomes).Index);
        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Close_waits_for_a_started_map()
    {
        var pool = await Pools.StartAsync();
        var job = pool.StartMap<double, double>("sleep", [0.2, 0.2], null, null, Cancellation);
        await pool.CloseAsync(Cancellation).WaitAsync(Limit, Cancellation);

        Assert.True(job.Completion.IsCompletedSuccessfully);
        Assert.Throws<PoolClosedException>(() => pool.StartMap<int, long>("square", [1], null, null, Cancellation));
    }

    [Fact]
    public async Task Terminate_ends_a_started_map()
    {
        var pool = await Pools.StartAsync();
        var job = pool.StartMap<double, double>("sleep", [600, 600], null, null, Cancellation);
        await pool.TerminateAsync().WaitAsync(Limit, Cancellation);

        await Assert.ThrowsAsync<PoolClosedException>(() => job.Completion.WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Starmap_can_be_started_too()
    {
        Assert.Equal(EightAndNine, await Pool.StartStarmap<(int, int), long>("power", [(2, 3), (3, 2)], null, null, Cancellation).Completion);
        Assert.Equal(EightAndNine, await Pool.StartStarmap<long>("power", [[2, 3], [3, 2]], null, null, Cancellation).Completion);
    }

    [Fact]
    public async Task A_started_call_gives_its_value_and_can_be_cancelled()
    {
        Assert.Equal(49, await Pool.StartApply<int, long>("square", 7, null, Cancellation).Completion.WaitAsync(Limit, Cancellation));

        var call = Pool.StartApply<double, double>("sleep", 600, null, Cancellation);
        Assert.False(await call.WaitAsync(TimeSpan.FromMilliseconds(50), Cancellation));
        await call.CancelAsync().WaitAsync(Limit, Cancellation);
        Assert.True(call.Completion.IsCanceled);
    }

    [Fact]
    public async Task An_unknown_function_fails_id_and_completion()
    {
        var job = Pool.StartMap<int, int>("sqaure", [1], null, null, Cancellation);

        await Assert.ThrowsAsync<UnknownFunctionException>(() => job.Completion.WaitAsync(Limit, Cancellation));
        await Assert.ThrowsAsync<UnknownFunctionException>(() => job.Id.WaitAsync(Limit, Cancellation));
    }

    private sealed class Reports : IProgress<JobProgress>
    {
        public ConcurrentQueue<JobProgress> Seen { get; } = new();

        public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Report(JobProgress value)
        {
            Seen.Enqueue(value);
            Came.TrySetResult();
        }
    }
}
