using CsCheck;
using Google.Protobuf;
using WorkerPool.TestSupport;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Packing;

public sealed class PackedRunTests
{
    private static readonly Gen<byte[][]> AnyItems = Gen.Byte.Array[0, 9].Array[0, 20];

    [Fact]
    public void What_is_built_comes_out_item_by_item() =>
        AnyItems.Sample(items => Assert.Equal(items, Contents(Build(items))));

    [Fact]
    public void A_run_survives_the_wire() => AnyItems.Sample(items =>
    {
        var message = PackedItems.Parser.ParseFrom(Build(items).ToMessage().ToByteArray());
        Assert.True(PackedRun.TryRead(message, out var run, out _));
        Assert.Equal(items, Contents(run));
    });

    [Fact]
    public void A_slice_is_the_items_from_its_start() =>
        Gen.Select(AnyItems, Gen.Double.Unit, Gen.Double.Unit).Sample((items, a, b) =>
        {
            var start = (int)(a * items.Length);
            var count = (int)(b * (items.Length - start));
            Assert.Equal(items.Skip(start).Take(count), Contents(Build(items).Slice(start, count)));
            Assert.Equal(items.Skip(start), Contents(Build(items).Slice(start)));
        });

    [Fact]
    public void As_many_items_are_counted_as_fit() =>
        Gen.Select(AnyItems, Gen.Long[-5, 120], Gen.Int[0, 25]).Sample((items, maxBytes, maxCount) =>
        {
            var run = Build(items);
            var count = run.CountWithin(maxBytes, maxCount, out var bytes);
            Assert.Equal(items.Take(count).Sum(item => (long)item.Length), bytes);
            Assert.True(count == 0 || bytes <= maxBytes);
            var isFull = count == Math.Min(maxCount, items.Length) || bytes + items[count].Length > maxBytes;
            Assert.True(isFull, "one more item fits");
        });

    [Fact]
    public void Sizes_that_do_not_add_up_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PackedRun.Create([1, 2], new byte[4]));
        var message = new PackedItems { Sizes = PackedSizes.Of(3, 3), Data = ByteString.CopyFrom(new byte[5]) };
        Assert.False(PackedRun.TryRead(message, out _, out var problem));
        Assert.Equal("the sizes of 2 packed items add up to 6 bytes, but 5 bytes came", problem);
    }

    [Fact]
    public void Sizes_beyond_32_bits_in_sum_are_refused_and_do_not_overflow()
    {
        var message = new PackedItems { Sizes = PackedSizes.Of(uint.MaxValue, 1), Data = ByteString.Empty };
        Assert.False(PackedRun.TryRead(message, out _, out _));
    }

    [Fact]
    public void Half_a_size_is_refused()
    {
        var message = new PackedItems { Sizes = ByteString.CopyFrom(1, 0, 0, 0, 1), Data = ByteString.CopyFrom(1) };
        Assert.False(PackedRun.TryRead(message, out _, out var problem));
        Assert.Equal("the sizes of packed items take 4 bytes each, but 5 bytes of sizes came", problem);
    }

    [Fact]
    public void Runs_are_joined_in_their_order() => Gen.Select(AnyItems, AnyItems).Sample((first, second) =>
    {
        var joined = new PackedRunBuilder();
        joined.Add(Build(first));
        joined.Add(Build(second));
        Assert.Equal(first.Length + second.Length, joined.Count);
        Assert.Equal([.. first, .. second], Contents(joined.Take()));
    });

    [Fact]
    public void No_message_is_no_items()
    {
        Assert.True(PackedRun.TryRead(null, out var run, out _));
        Assert.Equal(0, run.Count);
    }

    private static PackedRun Build(byte[][] items)
    {
        var run = new PackedRunBuilder();
        foreach (var item in items)
        {
            run.Add(item);
        }

        return run.Take();
    }

    private static List<byte[]> Contents(PackedRun run)
    {
        var contents = new List<byte[]>();
        foreach (var item in run)
        {
            contents.Add(item.ToArray());
        }

        return contents;
    }
}
