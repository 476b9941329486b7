using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Maps and calls that go well.</summary>
public abstract class MapContract(PoolSource pools) : ContractTest(pools)
{
    public static TheoryData<int?> ChunkSizes => new((int?)null, 1, 7, 4096);

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public async Task Map_gives_all_results_in_the_order_of_the_items(int? chunkSize)
    {
        var results = await Pool.MapAsync<int, long>(
            "square", Enumerable.Range(0, 20_000), new MapOptions { ChunkSize = chunkSize }, Cancellation);

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i * i), results);
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public async Task Imap_streams_results_in_the_order_of_the_items(int? chunkSize)
    {
        long expected = 0;
        await foreach (var value in Pool.ImapAsync<long, long>(
            "square", Longs(100_000), new MapOptions { ChunkSize = chunkSize }, Cancellation))
        {
            Assert.Equal(expected * expected, value);
            expected++;
        }

        Assert.Equal(100_000, expected);
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public async Task Unordered_outcomes_answer_every_index_exactly_once(int? chunkSize)
    {
        var stream = Pool.ImapUnorderedOutcomesAsync<long, long>(
            "square", Longs(50_000), new MapOptions { ChunkSize = chunkSize }, Cancellation);
        var outcomes = await CollectAsync(stream);

        Assert.Equal(Enumerable.Range(0, 50_000).Select(i => (long)i), outcomes.Select(outcome => outcome.Index).Order());
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Index * outcome.Index, outcome.Value));
        Assert.Equal((50_000, 50_000, 0, 0), Ledger(stream.Summary));
    }

    // Of what is smaller than a message, larger than what one may be, and between; results that go on using the memory they came in too.
    [Theory]
    [InlineData(1_000, 20_000)]
    [InlineData(65_536, 500)]
    [InlineData(3_000_001, 12)]
    [InlineData(12_000_000, 3)]
    public async Task Large_values_come_whole_and_stay_what_they_are(int size, int count)
    {
        var kept = new List<ReadOnlyMemory<byte>>();
        await foreach (var value in Pool.ImapAsync<byte[], ReadOnlyMemory<byte>>("echo", Items(), null, Cancellation))
        {
            kept.Add(value);
        }

        var copied = await Pool.MapAsync<byte[], byte[]>("echo", Items(), null, Cancellation);
        Assert.Equal((count, count), (kept.Count, copied.Length));
        Assert.All(Items().Zip(kept, copied), item =>
        {
            Assert.True(item.Second.Span.SequenceEqual(item.First));
            Assert.True(item.Third.AsSpan().SequenceEqual(item.First));
        });

        // Distinct, and without a byte that is what memory is cleared to.
        IEnumerable<byte[]> Items() => Enumerable.Range(0, count).Select(number =>
        {
            var item = new byte[size + (number % 7)];
            Array.Fill(item, (byte)(1 + (number % 255)));
            BitConverter.TryWriteBytes(item.AsSpan(item.Length / 2), number);
            return item;
        });
    }

    [Fact]
    public async Task Large_texts_stay_what_they_are()
    {
        var items = Enumerable.Range(0, 300).Select(number => new string((char)('a' + (number % 26)), 30_000 + number)).ToArray();
        var texts = await Pool.MapAsync<string, JsonText>("echo", items, null, Cancellation);
        Assert.Equal(items.Select(item => $"\"{item}\""), texts.Select(text => text.ToString()));
    }

    [Fact]
    public async Task Unordered_results_do_not_wait_for_a_slow_item_before_them()
    {
        // By waiting, not by time: the second worker of a pool that has just started may be up later than the first.
        using var gate = new Gate();
        var indexes = new List<long>();
        string[] items = [gate.Path, "", "", ""];
        var options = new MapOptions { ItemTimeout = TimeSpan.FromMinutes(1) };
        await foreach (var outcome in Pool.ImapUnorderedOutcomesAsync<string, object?>("wait_for", items, options, Cancellation))
        {
            indexes.Add(outcome.Index);
            if (indexes.Count == 3)
            {
                gate.Open();
            }
        }

        Assert.Equal([0, 1, 2, 3], indexes.Order());
        Assert.Equal(0, indexes[^1]);
    }

    [Fact]
    public async Task A_map_of_nothing_gives_nothing() =>
        Assert.Empty(await Pool.MapAsync<int, int>("square", [], null, Cancellation));

    [Fact]
    public async Task Starmap_spreads_tuples_over_parameters()
    {
        Assert.Equal(EightAndNine, await Pool.StarmapAsync<(int, int), long>("power", [(2, 3), (3, 2)], null, Cancellation));
        Assert.Equal(EightAndNine, await Pool.StarmapAsync<long>("power", [[2, 3], [3, 2]], null, Cancellation));
    }

    [Fact]
    public async Task Apply_runs_one_call()
    {
        Assert.Equal(49, await Pool.ApplyAsync<int, long>("square", 7, null, Cancellation));
        Assert.Equal(1024, await Pool.ApplyAsync<long>("power", [2, 10], null, Cancellation));
    }

    [Fact]
    public async Task Integers_of_any_length_stay_exact()
    {
        var value = await Pool.ApplyAsync<long, JsonText>("square", long.MaxValue, null, Cancellation);

        Assert.Equal("85070591730234615847396907784232501249", value.ToString());
    }

    [Fact]
    public async Task Several_jobs_run_side_by_side_and_each_gets_its_own_answers()
    {
        var jobs = Enumerable.Range(1, 8).Select(async factor =>
        {
            var items = Enumerable.Range(0, 3000).Select(i => (i, factor));
            var results = await Pool.StarmapAsync<(int, int), long>("add", items, null, Cancellation);
            Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i + factor), results);
        });

        await Task.WhenAll(jobs);
    }

    [Fact]
    public async Task A_source_is_advanced_no_further_than_the_window_while_nobody_takes_results()
    {
        long advanced = 0;
        await using var results = Pool.ImapAsync<long, long>("square", Counted(), null, Cancellation).GetAsyncEnumerator(Cancellation);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await results.MoveNextAsync());
        }

        // An answer to another job shows that the pool is well and that time has passed for it.
        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation));
        Assert.InRange(Interlocked.Read(ref advanced), 3, 100_000);

        IEnumerable<long> Counted()
        {
            for (long i = 0; i < 10_000_000; i++)
            {
                Interlocked.Increment(ref advanced);
                yield return i;
            }
        }
    }

    [Fact]
    public async Task A_job_whose_results_nobody_takes_is_listed_as_waiting_for_its_reader()
    {
        var options = new MapOptions { Label = "left alone" };
        await using var results = Pool.ImapAsync<long, long>("square", Longs(10_000_000), options, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await results.MoveNextAsync());
        var waiting = await Eventually.AskAsync(
            async () => await Pool.Admin.ListJobsAsync(new JobFilter { Label = "left alone" }, Cancellation).SingleAsync(Cancellation),
            job => job.Times.AwaitingReader > TimeSpan.FromMilliseconds(100));

        Assert.Equal(JobState.Running, waiting.State);
        Assert.True(waiting.Times.Running > TimeSpan.Zero, $"{waiting}");
    }

    [Fact]
    public async Task An_asynchronous_source_gets_its_answer_before_it_gives_the_next_item()
    {
        var answered = new SemaphoreSlim(1);
        var results = new List<long>();
        await foreach (var value in Pool.ImapAsync<int, long>("square", Slow(), null, Cancellation))
        {
            results.Add(value);
            answered.Release();
        }

        Assert.Equal([0, 1, 4, 9, 16], results);

        async IAsyncEnumerable<int> Slow()
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.True(await answered.WaitAsync(Limit, Cancellation));
                yield return i;
            }
        }
    }

    private static readonly long[] EightAndNine = [8, 9];

    private static (long, long, long, long) Ledger(MapSummary? summary)
    {
        Assert.NotNull(summary);
        return (summary.Ledger.Accepted, summary.Ledger.Succeeded, summary.Ledger.Failed, summary.Ledger.Cancelled);
    }

    private static IEnumerable<long> Longs(int count)
    {
        for (long i = 0; i < count; i++)
        {
            yield return i;
        }
    }
}
