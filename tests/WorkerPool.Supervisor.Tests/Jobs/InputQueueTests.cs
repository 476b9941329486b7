using CsCheck;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class InputQueueTests
{
    // Each step: 0 appends, 1 takes, 2 returns something that was taken; with an amount and a choice.
    private static readonly Gen<(int, int, int)[]> AnySteps =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 9], Gen.Int[0, 99]).Array[0, 60];

    [Fact]
    public void Whatever_is_appended_taken_and_returned_each_index_is_in_one_place() => AnySteps.Sample(steps =>
    {
        var queue = new InputQueue();
        var waiting = new SortedSet<ulong>();
        var taken = new List<(ulong First, ItemSegments Items)>();
        ulong next = 0;
        foreach (var (step, amount, choice) in steps)
        {
            if (step == 0)
            {
                next += (ulong)(choice % 3 == 0 ? 2 : 0);
                queue.Append(next, Runs.OfIndexes(next, amount));
                for (var i = 0; i < amount; i++)
                {
                    waiting.Add(next++);
                }
            }
            else if (step == 1 && queue.Count > 0)
            {
                var (first, items) = queue.Take(amount, maxBytes: 1 + (choice % 30));
                var indexes = Enumerable.Range(0, items.Count).Select(i => first + (ulong)i).ToList();
                Assert.Equal(waiting.Min, first);
                Assert.InRange(items.Count, 1, amount);
                Assert.Equal(indexes, Runs.IndexesIn(items.Segments));
                Assert.True(items.ByteCount <= Math.Max(2, 1 + (choice % 30)));
                Assert.All(indexes, index => Assert.True(waiting.Remove(index)));
                taken.Add((first, items));
            }
            else if (step == 2 && taken.Count > 0)
            {
                var at = choice % taken.Count;
                var (first, items) = taken[at];
                taken.RemoveAt(at);
                var start = Math.Min(amount - 1, items.Count - 1);
                queue.Return(first + (ulong)start, items.Slice(start, items.Count - start));
                for (var i = start; i < items.Count; i++)
                {
                    waiting.Add(first + (ulong)i);
                }
            }

            Assert.Equal(waiting.Count, queue.Count);
            Assert.Equal(waiting.Count * 2, queue.ByteCount);
            Assert.Equal(waiting.Count == 0 ? null : waiting.Min, queue.FirstIndex);
        }

        var rest = new List<ulong>();
        while (queue.Count > 0)
        {
            rest.AddRange(Runs.IndexesIn(queue.Take(3, 100).Items.Segments));
        }

        Assert.Equal(waiting, rest);
    });

    [Fact]
    public void One_item_is_taken_though_it_exceeds_the_bytes()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfSizes(50, 1));
        Assert.Equal(1, queue.Take(5, maxBytes: 10).Items.Count);
        Assert.Equal(1ul, queue.FirstIndex);
    }

    [Fact]
    public void A_take_ends_at_a_gap()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfIndexes(0, 2));
        queue.Append(5, Runs.OfIndexes(5, 2));
        Assert.Equal(2, queue.Take(4, 100).Items.Count);
        Assert.Equal(5ul, queue.Take(4, 100).FirstIndex);
    }

    [Fact]
    public void A_take_joins_batches_that_follow_each_other()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfIndexes(0, 2));
        queue.Append(2, Runs.OfIndexes(2, 2));
        Assert.Equal([0ul, 1, 2], Runs.IndexesIn(queue.Take(3, 100).Items.Segments));
    }

    [Fact]
    public void Consecutive_items_are_counted_up_to_the_limit()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfIndexes(0, 2));
        queue.Append(2, Runs.OfIndexes(2, 2));
        Assert.Equal(3, queue.CountConsecutive(3, nextIndex: 4, out var isBroken));
        Assert.False(isBroken);
        Assert.Equal(4, queue.CountConsecutive(9, nextIndex: 4, out isBroken));
        Assert.False(isBroken);
    }

    [Fact]
    public void A_count_is_broken_by_a_gap_before_the_next_run()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfIndexes(0, 2));
        queue.Append(3, Runs.OfIndexes(3, 2));
        Assert.Equal(2, queue.CountConsecutive(9, nextIndex: 5, out var isBroken));
        Assert.True(isBroken);
    }

    [Fact]
    public void A_count_is_broken_when_what_follows_was_taken_already()
    {
        var queue = new InputQueue();
        queue.Append(0, Runs.OfIndexes(0, 4));
        var (first, items) = queue.Take(4, 100);
        queue.Return(first, items.Slice(0, 1));
        Assert.Equal(1, queue.CountConsecutive(2, nextIndex: 4, out var isBroken));
        Assert.True(isBroken);
    }

    [Fact]
    public void Nothing_can_be_taken_from_an_empty_queue()
    {
        var queue = new InputQueue();
        queue.Append(3, Runs.OfSizes());
        Assert.Null(queue.FirstIndex);
        Assert.Throws<InvalidOperationException>(() => queue.Take(1, 1));
    }
}
