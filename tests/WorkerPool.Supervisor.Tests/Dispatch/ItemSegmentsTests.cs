using CsCheck;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class ItemSegmentsTests
{
    [Fact]
    public void A_slice_is_the_same_however_the_items_were_cut() =>
        Gen.Select(Gen.Int[0, 5].Array[0, 6], Gen.Double.Unit, Gen.Double.Unit).Sample((counts, a, b) =>
        {
            ulong next = 0;
            var items = new ItemSegments([.. counts.Select(count => Runs.OfIndexes((next += (ulong)count) - (ulong)count, count))]);
            Assert.Equal(counts.Sum(), items.Count);
            Assert.Equal(counts.Sum() * 2, items.ByteCount);
            var start = (int)(a * (items.Count + 1));
            var size = (int)(b * (items.Count - start + 1));
            var slice = items.Slice(start, size);
            Assert.Equal((size, size * 2), (slice.Count, slice.ByteCount));
            Assert.Equal(Enumerable.Range(start, size).Select(i => (ulong)i), Runs.IndexesIn(slice.Segments));
        });

    [Fact]
    public void Nothing_has_no_segments() => Assert.Empty(default(ItemSegments).Segments);
}
