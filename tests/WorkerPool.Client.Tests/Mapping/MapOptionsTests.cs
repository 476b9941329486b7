namespace WorkerPool.Client.Tests.Mapping;

public sealed class MapOptionsTests
{
    [Fact]
    public void A_chunk_size_below_one_is_refused_in_words()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { ChunkSize = 0 });
        Assert.Contains("ChunkSize has to be 1 or more", thrown.Message, StringComparison.Ordinal);
        Assert.Null(new MapOptions { ChunkSize = null }.ChunkSize);
    }

    [Fact]
    public void Other_options_are_checked_as_well()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { ItemTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { MaxRetries = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { MaxRetries = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { MaxWorkers = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { Weight = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { Weight = 1000.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapOptions { Weight = double.NaN });
        Assert.Throws<ArgumentException>(() => new MapOptions { Label = new string('x', 257) });
    }

    [Fact]
    public void They_reach_the_wire()
    {
        var wire = new MapOptions { ChunkSize = 7, ItemTimeout = TimeSpan.FromSeconds(2), MaxRetries = 3, Label = "night run" }
            .ToWire(ordered: false, stop: true);
        Assert.Equal((7, 2L, 3, "night run"), (wire.ChunkSize, wire.ItemTimeout.Seconds, wire.MaxRetries, wire.Label));
        var limits = new MapOptions { MaxWorkers = 3, Weight = 0.5 }.ToWire(ordered: true, stop: false);
        Assert.Equal((3, 0.5), (limits.MaxWorkers, limits.Weight));
        var defaults = new MapOptions().ToWire(ordered: true, stop: false);
        Assert.Equal((0, 1.0), (defaults.MaxWorkers, defaults.Weight));
        Assert.Equal((V1.Order.Completion, V1.OnItemError.Stop), (wire.Order, wire.OnItemError));
    }
}
