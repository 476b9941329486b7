using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class OutboxTests
{
    private readonly Outbox _outbox = new();

    [Fact]
    public void What_is_abandoned_is_told_as_ranges_sent_or_not()
    {
        Open(0, 1, 2, 3, 4, 5);
        Assert.True(_outbox.TryTake(out _));
        Assert.Null(_outbox.Answer(1, 2, 0));
        Assert.Null(_outbox.Answer(4, 1, 0));
        Add(6, 8);
        var (answered, unanswered, indexes) = _outbox.Abandon(10);
        Assert.Equal((3, 5), (answered, unanswered));
        Assert.Equal([new IndexRange(0, 0), new(3, 3), new(5, 6), new(8, 8)], indexes);
        Assert.True(_outbox.IsClosed);
    }

    [Fact]
    public void No_more_ranges_are_told_than_were_asked_for()
    {
        Open(0, 2, 4, 6);
        Assert.Equal([new IndexRange(0, 0), new(2, 2)], _outbox.Abandon(2).Indexes);
    }

    [Fact]
    public void What_has_no_answer_is_sent_again_in_runs_before_what_was_not_sent_yet()
    {
        Open(0, 1, 2, 3, 4);
        Assert.True(_outbox.TryTake(out _));
        Assert.Null(_outbox.Answer(1, 2, 0));
        _outbox.Suspend();
        Add(5);
        _outbox.EndInput();
        Assert.False(_outbox.TryTake(out _));
        _outbox.Resume(100, 100, Lookahead.Unlimited);
        Assert.Equal([(0UL, 1), (3UL, 2), (5UL, 1)], Taken());
        Assert.NotNull(_outbox.Answer(1, 1, 0));
        Assert.Equal(4UL, _outbox.SentCount);
    }

    [Fact]
    public void The_end_of_the_input_is_sent_on_each_stream()
    {
        Open(0);
        _outbox.EndInput();
        Assert.Single(Taken());
        _outbox.Suspend();
        _outbox.Resume(100, 100, Lookahead.Unlimited);
        Assert.Single(Taken());
        Assert.False(_outbox.IsDone);
        Assert.Null(_outbox.Answer(0, 1, 0));
        Assert.True(_outbox.IsDone);
    }

    [Fact]
    public void No_more_is_laid_ready_than_is_worth_sending_in_items_and_in_bytes()
    {
        var window = new JobWindow(100, 1000) { Lookahead = new Lookahead(3, 20) };
        window.AddItems(100);
        _outbox.Open(window);

        // Fewer items than that may have more bytes, fewer bytes more items.
        Assert.Equal([true, true, true, false], Added(10, 10, 10, 10));
        Assert.True(_outbox.TryTake(out var first));
        Assert.Null(_outbox.Answer(0, 1, 0));
        Assert.Equal([true, false], Added(10, 10));
        Assert.Null(_outbox.Answer(1, 2, 0));
        Assert.Equal([true, true, false], Added(4, 6, 6));
        Assert.Equal(3, first.Items.Items.ItemCount);
    }

    [Fact]
    public async Task More_is_laid_ready_as_soon_as_the_pool_says_that_it_is_worth_it()
    {
        var window = new JobWindow(100, 1000) { Lookahead = new Lookahead(1, 1) };
        window.AddItems(100);
        _outbox.Open(window);
        Assert.Equal([true, false], Added(10, 10));
        var adding = _outbox.AddAsync(1, new byte[10]).AsTask();
        Assert.False(adding.IsCompleted);
        _outbox.LookAhead(new Lookahead(1, 20));
        await adding;
        Assert.Equal([false], Added(10));
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_is_woken_by_one_that_frees_no_bytes()
    {
        var window = new JobWindow(100, 1000) { Lookahead = new Lookahead(2, 1) };
        window.AddItems(100);
        _outbox.Open(window);
        Assert.Equal([true, true, false], Added(10, 10, 10));
        Assert.Single(Taken());
        var adding = _outbox.AddAsync(2, new byte[10]).AsTask();
        Assert.False(adding.IsCompleted);
        Assert.Null(_outbox.Answer(1, 1, 0));
        await adding;
    }

    [Fact]
    public async Task What_is_added_while_it_is_taken_again_and_again_is_sent_once_and_in_order_within_the_window()
    {
        const int Count = 200_000;
        const int WindowBytes = 5000;
        var item = new byte[3];
        _outbox.Open(new JobWindow(Count, WindowBytes));
        await _outbox.ReserveItemsAsync();
        var adding = Task.Run(
            async () =>
            {
                for (var index = 0UL; index < Count; index++)
                {
                    // Some begin a batch of their own.
                    await _outbox.AddAsync(index + (index / 1000), item);
                }

                _outbox.EndInput();
            },
            TestContext.Current.CancellationToken);
        var (sent, next, isOver) = (0, 0UL, false);
        while (!isOver)
        {
            while (_outbox.TryTake(out var message))
            {
                isOver |= message.End is not null;
                if (message.Items is { } batch)
                {
                    Assert.True(batch.FirstIndex >= next);
                    Assert.InRange(batch.Items.Data.Length, 1, WindowBytes);
                    next = batch.FirstIndex + (ulong)batch.Items.ItemCount;
                    sent += batch.Items.ItemCount;
                    Assert.Null(_outbox.Answer(batch.FirstIndex, batch.Items.ItemCount, 0));
                }
            }

            if (!isOver)
            {
                await _outbox.WaitForWorkAsync();
            }
        }

        await adding;
        Assert.Equal(((ulong)Count, Count), (_outbox.PulledCount, sent));
        Assert.True(_outbox.IsDone);
    }

    private void Open(params ulong[] indexes)
    {
        var window = new JobWindow(100, 100);
        window.AddItems(100);
        _outbox.Open(window);
        Add(indexes);
    }

    // Items that follow on those that were added.
    private List<bool> Added(params int[] sizes)
    {
        var added = new List<bool>();
        foreach (var size in sizes)
        {
            added.Add(_outbox.TryAdd(_outbox.PulledCount, new byte[size]));
        }

        return added;
    }

    private void Add(params ulong[] indexes)
    {
        foreach (var index in indexes)
        {
            Assert.True(_outbox.TryAdd(index, [1]));
        }
    }

    // The batches up to the end of the input.
    private List<(ulong First, int Count)> Taken()
    {
        var batches = new List<(ulong, int)>();
        while (_outbox.TryTake(out var message) && message.Items is { } batch)
        {
            batches.Add((batch.FirstIndex, batch.Items.ItemCount));
        }

        return batches;
    }
}
