using System.Buffers;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Supervisor.Tests.Packing;

public sealed class PackedRunBuilderTests
{
    [Fact]
    public void An_abandoned_item_leaves_no_trace()
    {
        var run = new PackedRunBuilder();
        run.Add([1, 2]);
        run.Writer.Write<byte>([9, 9, 9]);
        Assert.Equal(3, run.OpenItemByteCount);
        run.AbandonItem();
        Assert.Equal(0, run.OpenItemByteCount);
        run.Add([3]);
        var taken = run.Take();
        Assert.Equal([2u, 1u], [taken.SizeOf(0), taken.SizeOf(1)]);
        Assert.Equal(new byte[] { 1, 2, 3 }, taken.Data.ToArray());
    }

    [Fact]
    public void An_item_may_be_written_in_pieces_or_be_empty()
    {
        var run = new PackedRunBuilder();
        run.Writer.Write<byte>([1]);
        run.Writer.Write<byte>([2]);
        run.EndItem();
        run.EndItem();
        Assert.Equal(2, run.Count);
        Assert.Equal(2, run.ByteCount);
        var taken = run.Take();
        Assert.Equal([2u, 0u], [taken.SizeOf(0), taken.SizeOf(1)]);
    }

    [Fact]
    public void What_was_taken_is_not_touched_by_what_comes_after()
    {
        var run = new PackedRunBuilder();
        run.Add([1, 2, 3]);
        var first = run.Take();
        Assert.Equal(0, run.Count);
        run.Add([7, 7, 7]);
        Assert.Equal(new byte[] { 1, 2, 3 }, first.Data.ToArray());
        Assert.Equal(1, run.Take().Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2_000_000)]
    public void What_was_lent_goes_with_what_comes_after_and_nothing_is_left_of_it(int size)
    {
        var run = new PackedRunBuilder();
        run.Add(new byte[size]);
        Assert.Equal((1, size), (run.Lend().Count, run.Lend().Data.Length));
        run.Clear();
        Assert.Equal((0, 0, 0), (run.Count, run.ByteCount, run.OpenItemByteCount));
        Assert.Equal(0, run.Lend().Count);
        run.Add([7, 8]);
        var taken = run.Take();
        Assert.Equal((1, 2u), (taken.Count, taken.SizeOf(0)));
        Assert.Equal(new byte[] { 7, 8 }, taken.Data.ToArray());
    }

    [Fact]
    public void An_item_may_be_written_into_more_room_than_there_was()
    {
        var run = new PackedRunBuilder();
        run.Add([1]);
        run.Writer.GetSpan(1000)[..1000].Fill(2);
        run.Writer.Advance(1000);
        run.EndItem();
        var taken = run.Take();
        Assert.Equal([1u, 1000u], [taken.SizeOf(0), taken.SizeOf(1)]);
        Assert.Equal((byte)1, taken.Data.Span[0]);
        Assert.False(taken.Data.Span[1..].ContainsAnyExcept((byte)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Writer.Advance(1 << 20));
    }

    [Fact]
    public void More_items_fit_than_there_was_room_for_at_first()
    {
        var run = new PackedRunBuilder();
        for (var i = 0; i < 1000; i++)
        {
            run.Add([(byte)i]);
        }

        Assert.Equal(1000, run.Take().Count);
    }
}
