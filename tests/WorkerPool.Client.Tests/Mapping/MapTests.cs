using WorkerPool.Client.Tests.Fakes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class MapTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_of_a_map_come_in_order()
    {
        await using var fake = await FakePool.StartAsync();
        var results = await fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 50_000), null, Cancelled);
        Assert.Equal(Enumerable.Range(0, 50_000), results);
        Assert.Equal(1, fake.Service.Lists);
    }

    [Fact]
    public async Task The_pool_is_told_who_collects_all_results_before_one_is_used()
    {
        await using var fake = await FakePool.StartAsync();
        await fake.Pool.MapAsync<int, int>("echo", [1], null, Cancelled);
        await fake.Pool.StarmapAsync<JsonText>("echo", [[1]], null, Cancelled);
        await foreach (var _ in fake.Pool.ImapAsync<int, int>("echo", [1], null, Cancelled))
        {
        }

        await foreach (var _ in fake.Pool.ImapUnorderedOutcomesAsync<int, int>("echo", [1], null, Cancelled))
        {
        }

        await fake.Pool.StartMap<int, int>("echo", [1], null, null, Cancelled).Completion;
        Assert.Equal([true, true, false, false, false], fake.Service.Started.Select(start => start.Collect));
    }

    [Fact]
    public async Task A_map_of_nothing_is_empty()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Empty(await fake.Pool.MapAsync<int, int>("echo", Array.Empty<int>(), null, Cancelled));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(7, 10)]
    [InlineData(64, 100_000)]
    public async Task The_window_is_never_overrun_and_everything_arrives(int windowItems, int windowBytes)
    {
        var options = new FakePoolOptions { WindowItems = (ulong)windowItems, WindowBytes = (ulong)windowBytes };
        await using var fake = await FakePool.StartAsync(options);
        var results = await fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 2000), null, Cancelled);
        Assert.Equal(2000, results.Length);
    }

    [Fact]
    public async Task The_source_is_advanced_no_further_than_the_window()
    {
        const int Window = 10;
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { WindowItems = Window });
        var pulled = 0;
        IEnumerable<int> Source()
        {
            while (true)
            {
                yield return Interlocked.Increment(ref pulled);
            }
        }

        var taken = 0;
        await foreach (var _ in fake.Pool.ImapAsync<int, int>("echo", Source(), null, Cancelled))
        {
            Assert.InRange(Volatile.Read(ref pulled), taken, taken + Window + 1);
            if (++taken == 500)
            {
                break;
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fake.Service.Ended.Task.WaitAsync(Cancelled));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 50)]
    public async Task The_source_is_advanced_no_further_than_the_pool_says_is_worth_it(int atFirst, int later)
    {
        const int Count = 300;
        var (pulled, run, furthest, furthestAtFirst) = (0, 0, 0, 0);
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            AnswerItems = 1,
            WindowBytes = 64 << 20,
            Lookahead = new V1.Lookahead { Items = (ulong)atFirst, Bytes = 1 },
            LaterLookahead = new V1.Lookahead { Items = (ulong)later, Bytes = 1 },
            Run = item =>
            {
                // No more are answered than have run; beyond what is laid ready the source is asked for one.
                var ahead = Volatile.Read(ref pulled) - run++ - 1;
                furthest = Math.Max(furthest, ahead);
                furthestAtFirst = run == 1 ? ahead : furthestAtFirst;
                return [1];
            },
        });
        IEnumerable<byte[]> Source()
        {
            for (var index = 0; index < Count; index++)
            {
                Interlocked.Increment(ref pulled);
                yield return new byte[64 << 10];
            }
        }

        var values = await fake.Pool.MapAsync<byte[], byte[]>("echo", Source(), null, Cancelled);
        Assert.Equal((Count, Count), (values.Length, run));
        Assert.InRange(furthestAtFirst, 0, atFirst);
        Assert.InRange(furthest, 0, later);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task A_pool_that_would_have_nothing_sent_breaks_the_contract(int items, int bytes)
    {
        var options = new FakePoolOptions { Lookahead = new V1.Lookahead { Items = (ulong)items, Bytes = (ulong)bytes } };
        await using var fake = await FakePool.StartAsync(options);
        var error = await Assert.ThrowsAsync<PoolProtocolException>(
            () => fake.Pool.MapAsync<int, int>("echo", [1], null, Cancelled));
        Assert.Contains("nothing sent before answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_loop_early_lets_the_pool_close()
    {
        await using var fake = await FakePool.StartAsync();
        await foreach (var result in fake.Pool.ImapAsync<int, int>("echo", Enumerable.Range(0, 1000), null, Cancelled))
        {
            if (result == 2)
            {
                break;
            }
        }

        await fake.Pool.CloseAsync(Cancelled);
        await Assert.ThrowsAsync<PoolClosedException>(() => fake.Pool.MapAsync<int, int>("echo", [1], null, Cancelled));
    }

    [Fact]
    public async Task Close_waits_for_the_map_under_way()
    {
        var answering = new TaskCompletionSource();
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Answering = answering });
        var map = fake.Pool.MapAsync<int, int>("echo", [1, 2, 3], null, Cancelled);
        var close = fake.Pool.CloseAsync(Cancelled);
        Assert.False(close.IsCompleted);
        answering.SetResult();
        int[] expected = [1, 2, 3];
        Assert.Equal(expected, await map);
        await close;
    }

    [Fact]
    public async Task Terminate_ends_a_map_that_waits()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Answering = new TaskCompletionSource() });
        var map = fake.Pool.MapAsync<int, int>("echo", [1, 2, 3], null, Cancelled);
        await fake.Pool.TerminateAsync();
        await Assert.ThrowsAsync<PoolClosedException>(() => map);
    }

    [Fact]
    public async Task Cancelling_ends_a_map_with_the_callers_token()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Answering = new TaskCompletionSource() });
        using var cancellation = new CancellationTokenSource();
        var map = fake.Pool.MapAsync<int, int>("echo", [1, 2, 3], null, cancellation.Token);
        await cancellation.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task A_map_throws_the_failure_with_the_lowest_index()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Fails = index => index is 5 or 3 });
        var thrown = await Assert.ThrowsAsync<ItemFailedException>(
            () => fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 10), null, Cancelled));
        Assert.Equal((3, ErrorReasons.FunctionFailed, 1), (thrown.Index, thrown.Reason, thrown.Attempts));
        Assert.Contains("3", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Items_that_fail_on_this_side_are_merged_in_at_their_place(bool ordered)
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Fails = index => index == 4, MaxItemBytes = 10 });
        JsonText[] items =
        [
            new("0"), new("1"), JsonText.Unreadable("line 3 is broken"), new("3"), new("4"), new("[5"), new("\"long enough\""), new("7"), new("8 8"),
        ];
        var stream = ordered
            ? fake.Pool.ImapOutcomesAsync<JsonText, JsonText>("echo", items, null, Cancelled)
            : fake.Pool.ImapUnorderedOutcomesAsync<JsonText, JsonText>("echo", items, null, Cancelled);
        var outcomes = await stream.ToListAsync(Cancelled);
        if (!ordered)
        {
            outcomes.Sort((a, b) => a.Index.CompareTo(b.Index));
        }

        Assert.Equal(Enumerable.Range(0, 9), outcomes.Select(o => (int)o.Index));
        Assert.Equal(
            [null, null, ErrorReasons.ItemMalformed, null, ErrorReasons.FunctionFailed, ErrorReasons.ItemMalformed, ErrorReasons.ItemTooLarge, null, ErrorReasons.ItemMalformed],
            outcomes.Select(o => o.Error?.Reason));
        Assert.Equal("line 3 is broken", outcomes[2].Error!.Description);
        Assert.Equal(new JobLedger(9, 4, 5, 0), stream.Summary!.Ledger);
        Assert.Equal((2, 3.0), (stream.Summary.WorkerRestarts, stream.Summary.SpeedUp));
    }

    [Fact]
    public async Task A_job_of_nothing_but_broken_items_ends()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { WindowItems = 3 });
        var items = Enumerable.Range(0, 50).Select(n => JsonText.Unreadable($"broken {n}"));
        var stream = fake.Pool.ImapOutcomesAsync<JsonText, JsonText>("echo", items, null, Cancelled);
        Assert.Equal(50, (await stream.ToListAsync(Cancelled)).Count);
        Assert.Equal(new JobLedger(50, 0, 50, 0), stream.Summary!.Ledger);
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 5)]
    [InlineData(true, -1)]
    public async Task Stop_ends_the_stream_with_the_failure(bool ordered, long failsInPool)
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Fails = index => (long)index == failsInPool });
        var items = Enumerable.Range(0, 100).Select(n => n == 8 ? JsonText.Unreadable("broken") : new JsonText($"{n}"));
        var options = new MapOptions { OnItemError = OnItemError.Stop };
        var stream = ordered
            ? fake.Pool.ImapOutcomesAsync<JsonText, JsonText>("echo", items, options, Cancelled)
            : fake.Pool.ImapUnorderedOutcomesAsync<JsonText, JsonText>("echo", items, options, Cancelled);
        var outcomes = await stream.ToListAsync(Cancelled);
        Assert.False(outcomes[^1].Succeeded);
        Assert.All(outcomes.SkipLast(1), o => Assert.True(o.Succeeded));
        var ledger = stream.Summary!.Ledger;
        Assert.True(stream.Summary.Stopped);
        Assert.Equal((outcomes.Count - 1, 1), (ledger.Succeeded, ledger.Failed));
        Assert.Equal(ledger.Accepted, ledger.Succeeded + ledger.Failed + ledger.Cancelled);
        if (ordered)
        {
            Assert.Equal(failsInPool < 0 ? 9 : 6, outcomes.Count);
        }
    }

    [Fact]
    public async Task What_the_pool_answers_after_a_failure_of_this_side_has_stopped_the_job_counts_as_cancelled()
    {
        var answering = new TaskCompletionSource();
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Answering = answering, Fails = index => index == 5 });
        var items = Enumerable.Range(0, 100).Select(n => n == 8 ? JsonText.Unreadable("broken") : new JsonText($"{n}"));
        var options = new MapOptions { OnItemError = OnItemError.Stop };
        var stream = fake.Pool.ImapUnorderedOutcomesAsync<JsonText, JsonText>("echo", items, options, Cancelled);
        await using var outcomes = stream.GetAsyncEnumerator(Cancelled);
        Assert.True(await outcomes.MoveNextAsync());
        Assert.Equal((8, ErrorReasons.ItemMalformed), (outcomes.Current.Index, outcomes.Current.Error?.Reason));

        // Without further calls of the consumer the stream reads on to the pool's summary.
        answering.SetResult();
        await fake.Service.Ended.Task;
        await fake.Pool.CloseAsync(Cancelled);
        Assert.False(await outcomes.MoveNextAsync());
        Assert.Equal(new JobLedger(9, 0, 1, 8), stream.Summary!.Ledger);
    }

    [Fact]
    public async Task What_a_source_throws_comes_after_the_results_before_it()
    {
        await using var fake = await FakePool.StartAsync();
        var error = new FormatException("of the source");
        IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            throw error;
        }

        var results = new List<int>();
        var thrown = await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var result in fake.Pool.ImapAsync<int, int>("echo", Source(), null, Cancelled))
            {
                results.Add(result);
            }
        });
        Assert.Same(error, thrown);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task A_value_of_another_type_is_that_items_failure()
    {
        await using var fake = await FakePool.StartAsync();
        var stream = fake.Pool.ImapOutcomesAsync<JsonText, int>("echo", [new("1"), new("\"two\""), new("3")], null, Cancelled);
        var outcomes = await stream.ToListAsync(Cancelled);
        Assert.Equal([null, "VALUE_TYPE_MISMATCH", null], outcomes.Select(o => o.Error?.Reason));
        Assert.Equal(new JobLedger(3, 2, 1, 0), stream.Summary!.Ledger);
    }

    [Fact]
    public async Task A_ledger_that_does_not_add_up_is_an_error()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Summarize = s => s.Ledger.Accepted++ });
        await Assert.ThrowsAsync<PoolProtocolException>(() => fake.Pool.MapAsync<int, int>("echo", [1, 2], null, Cancelled));
    }

    [Fact]
    public async Task An_index_answered_twice_is_an_error()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Send = batch => [batch, batch] });
        var unordered = fake.Pool.ImapUnorderedOutcomesAsync<int, int>("echo", [1, 2], null, Cancelled);
        await Assert.ThrowsAsync<PoolProtocolException>(async () => await unordered.ToListAsync(Cancelled));
    }

    [Fact]
    public async Task An_unknown_function_is_named_with_its_neighbours()
    {
        await using var fake = await FakePool.StartAsync();
        var thrown = await Assert.ThrowsAsync<UnknownFunctionException>(
            () => fake.Pool.MapAsync<int, int>("ekko", [1], null, Cancelled));
        Assert.Contains("echo", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_named()
    {
        await using var pool = Pool.Connect("http://127.0.0.1:1");
        var thrown = await Assert.ThrowsAsync<PoolUnreachableException>(() => pool.MapAsync<int, int>("echo", [1], null, Cancelled));
        Assert.Contains("http://127.0.0.1:1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tuples_are_sent_as_arrays()
    {
        await using var fake = await FakePool.StartAsync();
        Assert.Equal<IEnumerable<int[]>>([[1, 2], [3, 4]], await fake.Pool.StarmapAsync<(int, int), int[]>("echo", [(1, 2), (3, 4)], null, Cancelled));
        Assert.Equal<IEnumerable<int[]>>([[1, 2]], await fake.Pool.StarmapAsync<int[]>("echo", [[1, 2]], null, Cancelled));
    }

    [Fact]
    public async Task A_stream_is_enumerated_once()
    {
        await using var fake = await FakePool.StartAsync();
        var stream = fake.Pool.ImapOutcomesAsync<int, int>("echo", [1], null, Cancelled);
        Assert.Single(await stream.ToListAsync(Cancelled));
        Assert.Throws<InvalidOperationException>(() => stream.GetAsyncEnumerator(Cancelled));
    }
}
