using CsCheck;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class ChunkSizerTests
{
    private const int AnyMany = int.MaxValue;

    [Fact]
    public void It_starts_with_one_item() => Assert.Equal(1, new ChunkSizer().Next(null, AnyMany, 4));

    [Theory]
    [InlineData(2_000_000, 10)]
    [InlineData(20_000_000, 1)]
    [InlineData(90_000_000, 1)]
    public void It_aims_for_a_time_of_work(double itemNanoseconds, int expected)
    {
        var sizer = new ChunkSizer();
        sizer.Measure(1, 1, itemNanoseconds);
        Assert.Equal(expected, Settle(sizer));
    }

    [Fact]
    public void It_grows_sixteenfold_at_most()
    {
        var sizer = new ChunkSizer();
        sizer.Measure(1, 1, 1);
        Assert.Equal([16, 256, 4096], [sizer.Next(null, AnyMany, 1), sizer.Next(null, AnyMany, 1), sizer.Next(null, AnyMany, 1)]);
    }

    [Fact]
    public void It_keeps_below_a_limit_in_bytes()
    {
        var sizer = new ChunkSizer();
        sizer.Measure(1, 100_000, 1);
        sizer.Measure(1, 100_000, 1);
        Assert.InRange(Settle(sizer), 10, 20);
        for (var i = 0; i < 20; i++)
        {
            sizer.Measure(1, 2 * ChunkSizer.MaxBytes, 1);
        }

        Assert.Equal(1, Settle(sizer));
    }

    [Fact]
    public void It_shrinks_towards_the_end_of_the_input()
    {
        var sizer = new ChunkSizer();
        sizer.Measure(1, 1, 10_000);
        Settle(sizer);
        var sizes = new List<int>();
        for (long rest = 1000; rest > 0; rest -= sizes[^1])
        {
            sizes.Add(sizer.Next(rest, AnyMany, workerCount: 2));
        }

        Assert.Equal(250, sizes[0]);
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.Equal(1, sizes[^1]);
    }

    [Fact]
    public void A_slow_item_shrinks_the_next_chunk_at_once()
    {
        var sizer = new ChunkSizer();
        sizer.Measure(1, 1, 1000);
        Assert.True(Settle(sizer) > 1000);
        sizer.Measure(1, 1, 1e9);
        Assert.Equal(1, sizer.Next(null, AnyMany, 1));
    }

    [Fact]
    public void A_chunk_always_has_an_item_and_fits_every_bound() =>
        Gen.Select(Gen.Double[0, 1e12], Gen.Long[0, 1L << 40], Gen.Long[0, 10_000], Gen.Int[1, 5000], Gen.Int[1, 64])
            .Sample((nanoseconds, bytes, remaining, window, workers) =>
            {
                var sizer = new ChunkSizer();
                sizer.Measure(3, bytes, nanoseconds);
                var size = sizer.Next(remaining, window, workers);
                Assert.InRange(size, 1, window);
                Assert.True(size == 1 || size <= (remaining / (2 * workers)) + 1);
            });

    private static int Settle(ChunkSizer sizer)
    {
        var size = 0;
        for (var i = 0; i < 8; i++)
        {
            size = sizer.Next(null, AnyMany, 1);
        }

        return size;
    }
}
