using CsCheck;
using WorkerPool.Client.Mapping;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class SentBatchesTests
{
    [Fact]
    public void Bytes_are_given_back_when_the_last_item_of_a_batch_is_answered()
    {
        var sent = new SentBatches();
        sent.Add(Batch(0, 3));
        Assert.Null(sent.Answer(0, 2, out var released));
        Assert.Equal(0, released);
        Assert.Null(sent.Answer(2, 1, out released));
        Assert.Equal(3, released);
    }

    [Fact]
    public void One_answer_may_span_batches()
    {
        var sent = new SentBatches();
        sent.Add(Batch(0, 3));
        sent.Add(Batch(3, 100));
        Assert.Null(sent.Answer(1, 101, out var released));
        Assert.Equal(0, released);
        Assert.Null(sent.Answer(0, 1, out released));
        Assert.Equal(3, released);
        Assert.Equal(1, sent.Unanswered);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(9, 2)]
    public void What_was_not_sent_or_is_answered_already_is_refused(int first, int count)
    {
        var sent = new SentBatches();
        sent.Add(Batch(0, 3));
        sent.Add(Batch(5, 5));
        Assert.Null(sent.Answer(0, 1, out _));
        Assert.NotNull(sent.Answer((ulong)first, count, out _));
    }

    [Fact]
    public void Answers_in_any_order_are_taken_once()
    {
        Gen.Select(Gen.Int[1, 200].Array[1, 60], Gen.Int).Sample((counts, seed) =>
        {
            var sent = new SentBatches();
            var first = 0UL;
            foreach (var count in counts)
            {
                sent.Add(Batch(first, count));
                first += (ulong)count + 1;
            }

            var indexes = counts
                .SelectMany((count, at) => Enumerable.Range(counts[..at].Sum() + at, count))
                .Select(index => (ulong)index)
                .ToArray();
            new Random(seed).Shuffle(indexes);
            long released = 0;
            foreach (var index in indexes)
            {
                Assert.Null(sent.Answer(index, 1, out var bytes));
                released += bytes;
            }

            Assert.Equal((0L, (long)counts.Sum()), (sent.Unanswered, released));
            Assert.All(indexes, index => Assert.NotNull(sent.Answer(index, 1, out _)));
        });
    }

    private static SentBatch Batch(ulong first, int count)
    {
        var builder = new PackedRunBuilder();
        for (var i = 0; i < count; i++)
        {
            builder.Add([1]);
        }

        return new SentBatch(first, builder.Take());
    }
}
