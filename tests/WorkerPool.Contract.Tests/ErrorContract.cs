using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Items that fail, and calls that cannot be.</summary>
public abstract class ErrorContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task A_map_throws_the_failure_with_the_lowest_index()
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(
            () => Pool.MapAsync<int, int>("even_only", [0, 2, 5, 4, 7, 8], null, Cancellation));

        Assert.Equal(2, error.Index);
        Assert.Equal("FUNCTION_FAILED", error.Reason);
        Assert.Equal("System.FormatException", error.RemoteType);
        Assert.Contains("5 is odd", error.Message, StringComparison.Ordinal);
        Assert.Contains("EvenOnly", error.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imap_gives_the_results_before_a_failure_then_throws_it()
    {
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<ItemFailedException>(async () =>
        {
            await foreach (var value in Pool.ImapAsync<int, int>("even_only", Enumerable.Range(0, 1000).Select(i => i == 500 ? 1 : 2 * i), null, Cancellation))
            {
                results.Add(value);
            }
        });

        Assert.Equal(500, error.Index);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => 2 * i), results);
    }

    [Fact]
    public async Task Outcomes_carry_on_past_failures_and_account_for_them()
    {
        var stream = Pool.ImapOutcomesAsync<int, int>("even_only", Enumerable.Range(0, 1000), null, Cancellation);
        var outcomes = await CollectAsync(stream);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i % 2 == 0), outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal(500, stream.Summary!.Ledger.Failed);
        Assert.Equal(500, stream.Summary.Ledger.Succeeded);
    }

    [Fact]
    public async Task Outcomes_that_are_to_stop_end_with_the_first_failure_and_cancel_the_rest()
    {
        var stream = Pool.ImapOutcomesAsync<int, int>(
            "even_only", Enumerable.Range(0, 1000), new MapOptions { OnItemError = OnItemError.Stop }, Cancellation);
        var outcomes = await CollectAsync(stream);

        Assert.Equal([true, false], outcomes.Select(outcome => outcome.Succeeded));
        Assert.True(stream.Summary!.Stopped);
        Assert.Equal(1, stream.Summary.Ledger.Succeeded);
        Assert.Equal(1, stream.Summary.Ledger.Failed);
    }

    [Fact]
    public async Task An_item_of_the_wrong_type_fails_alone_and_says_what_was_expected()
    {
        var outcomes = await CollectAsync(
            Pool.ImapOutcomesAsync<object, JsonText>("square", [1, "two", 3], null, Cancellation));

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal("ITEM_TYPE_MISMATCH", outcomes[1].Error!.Reason);
        Assert.Contains("a number", outcomes[1].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("\"two\"", outcomes[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_function_is_said_with_near_names_before_the_source_is_touched()
    {
        var touched = false;
        var error = await Assert.ThrowsAsync<UnknownFunctionException>(() => Pool.MapAsync<int, int>("sqaure", Source(), null, Cancellation));

        Assert.Contains("\"square\"", error.Message, StringComparison.Ordinal);
        Assert.False(touched);

        IEnumerable<int> Source()
        {
            touched = true;
            yield return 1;
        }
    }

    [Fact]
    public async Task A_value_over_the_limit_is_that_items_error()
    {
        var outcomes = await CollectAsync(
            Pool.ImapOutcomesAsync<int, string>("text_of_length", [10, 20_000_000, 30], null, Cancellation));

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal("VALUE_TOO_LARGE", outcomes[1].Error!.Reason);
        Assert.Contains("16777216", outcomes[1].Error!.Message.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_over_the_limit_is_that_items_error()
    {
        byte[][] items = [[1, 2], new byte[17 << 20], [3]];
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<byte[], byte[]>("reverse_bytes", items, null, Cancellation));

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal("ITEM_TOO_LARGE", outcomes[1].Error!.Reason);
    }

    [Fact]
    public async Task A_source_that_throws_ends_the_map_with_its_exception_after_the_results_before_it()
    {
        var results = new List<long>();
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () =>
        {
            await foreach (var value in Pool.ImapAsync<int, long>("square", Source(), null, Cancellation))
            {
                results.Add(value);
            }
        });

        Assert.Equal([1, 4], results);

        static IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            throw new TimeZoneNotFoundException();
        }
    }

    [Fact]
    public async Task Thrown_errors_are_retried_as_often_as_the_job_asks()
    {
        var path = Path.GetTempFileName();
        try
        {
            var options = new MapOptions { MaxRetries = 2 };
            Assert.Equal(3, Assert.Single(await Pool.MapAsync<string, int>("fail_twice", [path], options, Cancellation)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task An_error_that_outlasts_its_retries_says_how_often_it_was_tried()
    {
        var error = await Assert.ThrowsAsync<ItemFailedException>(
            () => Pool.MapAsync<int, int>("even_only", [1], new MapOptions { MaxRetries = 2 }, Cancellation));

        Assert.Equal(3, error.Attempts);
    }

    [Fact]
    public void A_chunk_size_below_one_is_refused_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { ChunkSize = 0 });
}
