using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>What a function may know of its item, and how it says how far it is.</summary>
public abstract class ContextContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task A_context_takes_no_part_in_the_item_and_knows_its_index_attempt_and_worker()
    {
        var options = new MapOptions { ChunkSize = 7 };
        var entries = await Pool.MapAsync<string, Entry>("context_of", Enumerable.Repeat("text", 50), options, Cancellation);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long?)i), entries.Select(entry => entry.Index));
        Assert.All(entries, entry => Assert.Equal((1, true), (entry.Attempt, entry.IsCurrent)));
        Assert.All(entries, entry => Assert.StartsWith("worker-", entry.Worker, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.True(entry.Incarnation >= 1));
    }

    [Fact]
    public async Task A_function_that_takes_none_has_the_current_one()
    {
        var indexes = await Pool.MapAsync<int, long?>("current_index", Enumerable.Range(0, 50), new MapOptions { ChunkSize = 7 }, Cancellation);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long?)i), indexes);
    }

    [Fact]
    public async Task An_item_that_is_tried_again_knows_it()
    {
        var attempts = await Pool.MapAsync<int, int>("attempt", [3], new MapOptions { MaxRetries = 2 }, Cancellation);
        Assert.Equal([3], attempts);
    }

    [Fact]
    public async Task An_initializer_runs_without_an_item()
    {
        var values = await Pool.MapAsync<int, long>("square", [1, 2], new MapOptions { Initializer = "refuse_index" }, Cancellation);
        Assert.Equal([1L, 4L], values);
    }

    [Fact]
    public async Task The_running_items_of_a_job_are_listed_with_how_far_they_say_they_are()
    {
        using var gate = new Gate();
        var job = Pool.StartMap<object[], object?>("report_and_wait", [[gate.Path, 0.4], [gate.Path, 0.8]], new MapOptions { ChunkSize = 1 }, null, Cancellation);
        var id = await job.Id;
        var status = await Eventually.AskAsync(
            () => Pool.Admin.GetJobAsync(id, Cancellation), each => each.RunningItems.Count(item => item.Progress is 0.4 or 0.8) == 2);
        Assert.Equal([(0L, 0.4), (1L, 0.8)], status.RunningItems.OrderBy(item => item.Index).Select(item => (item.Index, item.Progress)));
        Assert.Equal(["worker-1", "worker-2"], status.RunningItems.Select(item => item.Worker).Order());
        Assert.All(status.RunningItems, item => Assert.True(item.RunningFor >= TimeSpan.Zero));

        await foreach (var seen in Pool.Admin.WatchJobAsync(id, null, Cancellation))
        {
            Assert.Equal(2, seen.RunningItems.Count);
            break;
        }

        gate.Open();
        await job.Completion;
        Assert.Empty((await Pool.Admin.GetJobAsync(id, Cancellation)).RunningItems);
    }

    [Fact]
    public async Task Who_gives_the_options_can_be_told_how_far_the_job_and_its_items_are()
    {
        using var gate = new Gate();
        var told = new Told(status =>
        {
            if (status.RunningItems.Count(item => item.Progress is 0.4 or 0.8) == 2)
            {
                gate.Open();
            }
        });
        object[][] items = [[gate.Path, 0.4], [gate.Path, 0.8]];
        await Pool.MapAsync<object[], object?>("report_and_wait", items, new MapOptions { ChunkSize = 1, Progress = told }, Cancellation);

        Assert.Equal((JobState.Completed, 2), (told.Last!.State, told.Last.Ledger.Succeeded));
        Assert.Empty(told.Last.RunningItems);
    }

    [Fact]
    public async Task A_job_of_which_nobody_is_told_any_more_ends_with_what_was_thrown()
    {
        var told = new Told(_ => throw new FormatException("enough"));
        var options = new MapOptions { Progress = told };
        var error = await Assert.ThrowsAsync<FormatException>(() => Pool.MapAsync<int, object?>("wait_for_context", [1, 2], options, Cancellation));
        Assert.Equal("enough", error.Message);
    }

    [Fact]
    public async Task An_item_that_says_nothing_has_no_progress_although_the_one_before_it_did()
    {
        await Pool.MapAsync<string, object?>("report", Enumerable.Repeat("0.9", 100), null, Cancellation);
        var job = Pool.StartMap<string, string>("wait_for_context", ["", ""], new MapOptions { ChunkSize = 1 }, null, Cancellation);
        var id = await job.Id;
        var status = await Eventually.AskAsync(() => Pool.Admin.GetJobAsync(id, Cancellation), each => each.RunningItems.Count == 2);
        Assert.All(status.RunningItems, item => Assert.Null(item.Progress));
        await job.CancelAsync();
    }

    [Theory]
    [InlineData("-0.1")]
    [InlineData("1.1")]
    [InlineData("NaN")]
    public async Task Progress_out_of_range_fails_the_item(string fraction)
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync<string, object?>("report", [fraction], null, Cancellation));
        Assert.Equal(("FUNCTION_FAILED", "System.ArgumentOutOfRangeException"), (error.Reason, error.RemoteType));
    }

    [Fact]
    public async Task The_current_context_is_cancelled_where_the_function_takes_no_token()
    {
        var options = new MapOptions { ItemTimeout = TimeSpan.FromSeconds(0.2) };
        var error = await Assert.ThrowsAsync<ItemFailedException>(() => Pool.MapAsync<int, object?>("wait_for_context", [1], options, Cancellation));
        Assert.Contains("yielded to cancellation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_current_context_is_cancelled_with_its_job_where_nothing_else_takes_a_token()
    {
        var before = await Restarts();
        var job = Pool.StartMap<int, object?>("wait_for_context", [1, 2], new MapOptions { ChunkSize = 1 }, null, Cancellation);
        var id = await job.Id;
        await Eventually.AskAsync(() => Pool.Admin.GetJobAsync(id, Cancellation), each => each.RunningItems.Count == 2);
        await job.CancelAsync();
        var values = await Pool.MapAsync<int, long>("square", [1, 2], new MapOptions { ChunkSize = 1 }, Cancellation);
        Assert.Equal([1L, 4L], values);

        // The workers yielded: none was replaced.
        Assert.Equal(before, await Restarts());
    }

    private async Task<long> Restarts() => (await Pool.Admin.ListWorkersAsync(Cancellation)).Sum(worker => worker.Restarts);

    private sealed class Told(Action<JobStatus> heard) : IProgress<JobStatus>
    {
        public JobStatus? Last { get; private set; }

        public void Report(JobStatus value)
        {
            Last = value;
            heard(value);
        }
    }

    private sealed record Entry(string Worker, ulong Incarnation, long? Index, int Attempt, bool IsCurrent);
}
