using Grpc.Core;
using WorkerPool.Client.Tests.Fakes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class ResumeTests
{
    private const int Count = 5000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FakePhase.Starting, true)]
    [InlineData(FakePhase.Started, true)]
    [InlineData(FakePhase.Received, true)]
    [InlineData(FakePhase.Answered, true)]
    [InlineData(FakePhase.Summarizing, true)]
    [InlineData(FakePhase.Summarized, true)]
    [InlineData(FakePhase.Starting, false)]
    [InlineData(FakePhase.Started, false)]
    [InlineData(FakePhase.Received, false)]
    [InlineData(FakePhase.Answered, false)]
    [InlineData(FakePhase.Summarizing, false)]
    [InlineData(FakePhase.Summarized, false)]
    public async Task A_stream_that_is_cut_costs_nothing_whenever_it_is(FakePhase phase, bool ordered)
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment => moment.Generation <= 2 && moment.Phase == phase,
            AnswerItems = 100,
            Shuffle = messages => messages.Reverse(),
        });
        var stream = ordered
            ? fake.Pool.ImapOutcomesAsync<int, int>("echo", Enumerable.Range(0, Count), null, Cancelled)
            : fake.Pool.ImapUnorderedOutcomesAsync<int, int>("echo", Enumerable.Range(0, Count), null, Cancelled);
        var outcomes = await stream.ToListAsync(Cancelled);
        if (!ordered)
        {
            outcomes.Sort((a, b) => a.Index.CompareTo(b.Index));
        }

        Assert.Equal(Enumerable.Range(0, Count), outcomes.Select(outcome => outcome.Value));
        Assert.Equal(Enumerable.Range(0, Count), outcomes.Select(outcome => (int)outcome.Index));
        Assert.Equal(new JobLedger(Count, Count, 0, 0), stream.Summary!.Ledger);
    }

    [Fact]
    public async Task Streams_of_a_job_have_one_key_and_rising_generations()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment => moment.Generation <= 3 && moment.Phase == FakePhase.Received,
        });
        var stream = fake.Pool.ImapOutcomesAsync<int, int>("echo", Enumerable.Range(0, 10), null, Cancelled);
        await stream.ToListAsync(Cancelled);
        Assert.Equal([1u, 2u, 3u, 4u], fake.Service.Started.Select(start => start.Generation));
        Assert.Equal(32, Assert.Single(fake.Service.Started.Select(start => start.JobKey).Distinct()).Length);
        Assert.Equal(3, stream.Summary!.Resumes);
        await fake.Pool.MapAsync<int, int>("echo", [1], null, Cancelled);
        Assert.Equal(2, fake.Service.Started.Select(start => start.JobKey).Distinct().Count());
    }

    [Fact]
    public async Task A_job_whose_items_are_all_answered_is_over_also_without_its_summary()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { Cuts = moment => moment.Phase == FakePhase.Summarizing });
        var stream = fake.Pool.ImapOutcomesAsync<int, int>("echo", Enumerable.Range(0, 10), null, Cancelled);
        Assert.Equal(10, (await stream.ToListAsync(Cancelled)).Count);
        Assert.Equal(new JobLedger(10, 10, 0, 0), stream.Summary!.Ledger);
        Assert.Single(fake.Service.Started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_was_stopped_by_an_item_is_over_also_without_its_summary(bool ordered)
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment => moment is { Phase: FakePhase.Summarizing, Answered: > 0 },
            Fails = index => index == 7,
        });
        var options = new MapOptions { OnItemError = OnItemError.Stop };
        var stream = ordered
            ? fake.Pool.ImapOutcomesAsync<int, int>("echo", Enumerable.Range(0, 100), options, Cancelled)
            : fake.Pool.ImapUnorderedOutcomesAsync<int, int>("echo", Enumerable.Range(0, 100), options, Cancelled);
        var outcomes = await stream.ToListAsync(Cancelled);
        Assert.Equal(8, outcomes.Count);
        Assert.Equal(7, outcomes[^1].Error?.Index);
        var ledger = stream.Summary!.Ledger;
        Assert.True(stream.Summary.Stopped);
        Assert.Equal((7, 1), (ledger.Succeeded, ledger.Failed));
        Assert.Equal(ledger.Accepted, ledger.Succeeded + ledger.Failed + ledger.Cancelled);
        Assert.Single(fake.Service.Started);
    }

    [Fact]
    public async Task What_items_were_charged_with_is_given_back_with_them()
    {
        V1.SpentAttempts charge = new() { Index = 990, Crashes = 2, Throws = 1 };
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            // More came than the window holds: so the client has taken results, and what came with them.
            Cuts = moment => moment is { Generation: 1, Phase: FakePhase.Received, Answered: >= 100 },
            WindowItems = 100,

            // The first item, which is answered with the first results: what it was charged with is forgotten.
            Spent = [charge, new V1.SpentAttempts { Index = 0, Crashes = 1 }],
        });
        await fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 1000), null, Cancelled);
        var charged = Assert.Single(fake.Service.Batches, batch => batch.Spent.Count > 0);
        Assert.Equal(charge, Assert.Single(charged.Spent));
        Assert.InRange(charge.Index, charged.FirstIndex, charged.FirstIndex + (ulong)charged.Items.ItemCount - 1);
    }

    [Fact]
    public async Task A_smaller_window_of_the_next_pool_is_kept()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            LaterWindowItems = 7,
            Cuts = moment => moment is { Generation: 1, Phase: FakePhase.Answered } or { Generation: 2, Answered: > 100 },
            AnswerItems = 10,
        });
        var results = await fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 2000), null, Cancelled);
        Assert.Equal(Enumerable.Range(0, 2000), results);
    }

    [Fact]
    public async Task What_the_pool_says_is_wrong_with_the_call_is_not_tried_again()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment => moment is { Generation: 1, Phase: FakePhase.Received },
            Refuse = start =>
            {
                if (start.Generation > 1)
                {
                    throw RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PoolBroken, "Its workers cannot start.");
                }
            },
        });
        var thrown = await Assert.ThrowsAsync<PoolUnavailableException>(
            () => fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 10), null, Cancelled));
        Assert.Equal(ErrorReasons.PoolBroken, thrown.Reason);
        Assert.Equal(2, fake.Service.Started.Count);
    }

    [Fact]
    public async Task A_pool_that_goes_away_is_looked_for()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Refuse = start =>
            {
                if (start.Generation < 3)
                {
                    throw RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PoolDraining, "It goes away.");
                }
            },
        });
        Assert.Equal(10, (await fake.Pool.MapAsync<int, int>("echo", Enumerable.Range(0, 10), null, Cancelled)).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pool_that_does_not_come_back_is_lost_with_word_of_what_was_answered(bool everReconnects)
    {
        var limit = everReconnects ? TimeSpan.FromSeconds(0.2) : TimeSpan.Zero;
        await using var fake = await FakePool.StartAsync(
            new FakePoolOptions
            {
                Cuts = moment => moment is { Generation: > 1 } or { Phase: FakePhase.Answered, Answered: >= 60 },
                AnswerItems = 30,
                WindowItems = 100,
            },
            new PoolOptions { ReconnectTimeout = limit });
        var taken = new List<int>();
        var thrown = await Assert.ThrowsAsync<PoolLostException>(async () =>
        {
            await foreach (var result in fake.Pool.ImapAsync<int, int>("echo", Enumerable.Range(0, 1000), null, Cancelled))
            {
                taken.Add(result);
            }
        });
        Assert.Equal("POOL_LOST", thrown.Reason);
        Assert.Equal(taken.Count, thrown.AnsweredCount);
        Assert.Equal(taken.Count, thrown.Unanswered[0].First);
        Assert.Equal(thrown.UnansweredCount, thrown.Unanswered.Sum(range => range.Count));
        Assert.IsType<PoolUnreachableException>(thrown.InnerException);
        Assert.Contains(fake.Address, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(everReconnects, fake.Service.Started.Count > 1);
    }

    [Fact]
    public async Task Looking_for_a_pool_ends_with_the_callers_token()
    {
        var lost = new TaskCompletionSource();
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment =>
            {
                if (moment.Generation == 3)
                {
                    lost.TrySetResult();
                }

                return moment.Phase == FakePhase.Starting && moment.Generation > 1 || moment.Phase == FakePhase.Received;
            },
        });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var map = fake.Pool.MapAsync<int, int>("echo", [1], null, cancellation.Token);
        await lost.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
    }

    [Fact]
    public async Task An_apply_whose_connection_breaks_is_made_again()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions { CutsApply = number => number < 3 });
        Assert.Equal(5, await fake.Pool.ApplyAsync<int, int>("echo", 5, null, Cancelled));
        Assert.Equal(3, fake.Service.Applied.Count);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("unix:///nowhere/pool.sock")]
    public async Task The_next_address_takes_over_from_one_where_nothing_answers(string nowhere)
    {
        await using var fake = await FakePool.StartAsync();
        await using var pool = Pool.Connect([nowhere, fake.Address], new PoolOptions { ReconnectTimeout = TimeSpan.Zero });
        Assert.Equal<IEnumerable<int>>([1, 2], await pool.MapAsync<int, int>("echo", [1, 2], null, Cancelled));
        Assert.Equal(3, await pool.ApplyAsync<int, int>("echo", 3, null, Cancelled));
    }

    [Fact]
    public async Task A_stream_that_neither_address_opens_fails_also_where_no_pool_is_waited_for()
    {
        Action<V1.MapStart> refuse = _ => throw RpcErrors.Create(StatusCode.Unavailable, ErrorReasons.PoolDraining, "It goes away.");
        await using var first = await FakePool.StartAsync(new FakePoolOptions { Refuse = refuse });
        await using var second = await FakePool.StartAsync(new FakePoolOptions { Refuse = refuse });
        await using var pool = Pool.Connect([first.Address, second.Address], new PoolOptions { ReconnectTimeout = TimeSpan.Zero });
        await Assert.ThrowsAsync<PoolUnavailableException>(() => pool.MapAsync<int, int>("echo", [1], null, Cancelled));
        Assert.Equal((1, 1), (first.Service.Started.Count, second.Service.Started.Count));
    }

    [Fact]
    public async Task Addresses_where_nothing_answers_are_all_named_at_once()
    {
        await using var pool = Pool.Connect(["http://127.0.0.1:1", "unix:///nowhere/pool.sock"]);
        var thrown = await Assert.ThrowsAsync<PoolUnreachableException>(() => pool.MapAsync<int, int>("echo", [1], null, Cancelled));
        Assert.Contains("http://127.0.0.1:1 or unix:///nowhere/pool.sock", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pool.Connect([]));
    }

    [Fact]
    public async Task Calls_that_share_a_job_outlive_its_connection()
    {
        await using var fake = await FakePool.StartAsync(new FakePoolOptions
        {
            Cuts = moment => moment is { Generation: <= 2, Phase: FakePhase.Received },
        });
        var values = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => fake.Pool.ApplyAsync<int, int>("echo", i, null, CancellationToken.None)));
        Assert.Equal(Enumerable.Range(0, 100), values);
    }
}
