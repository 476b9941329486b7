using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class JobGenerationsTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private readonly JobGenerations<string> _generations = new(2, Age);

    [Fact]
    public void A_newer_stream_is_shown_what_is_open_of_the_older()
    {
        _generations.Opened("key", 1, "first");
        Assert.True(MayOpen("key", 2, out var known, out var open));
        Assert.Equal((1u, "first"), (known, open));
        Assert.True(MayOpen("other", 1, out known, out open));
        Assert.Equal((0u, null), (known, open));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_that_is_not_newer_is_refused_also_after_the_newest_has_ended(uint generation)
    {
        _generations.Opened("key", 2, "second");
        Assert.False(MayOpen("key", generation, out _, out _));
        _generations.Ended("key", 2, TimeSpan.Zero);
        Assert.False(MayOpen("key", generation, out _, out var open));
        Assert.Null(open);
        Assert.True(MayOpen("key", 3, out _, out _));
    }

    [Fact]
    public void The_end_of_an_older_stream_is_not_that_of_the_newer()
    {
        _generations.Opened("key", 1, "first");
        _generations.Opened("key", 2, "second");
        _generations.Ended("key", 1, TimeSpan.Zero);
        Assert.True(MayOpen("key", 3, out _, out var open));
        Assert.Equal("second", open);
    }

    [Fact]
    public void Streams_without_a_key_have_nothing_to_do_with_each_other()
    {
        _generations.Opened("", 1, "first");
        Assert.True(MayOpen("", 1, out _, out var open));
        Assert.Null(open);
    }

    [Fact]
    public void Ended_ones_are_forgotten_by_age_and_by_number()
    {
        foreach (var key in (string[])["a", "b", "c"])
        {
            _generations.Opened(key, 1, key);
            _generations.Ended(key, 1, TimeSpan.Zero);
        }

        Assert.Equal(2, _generations.Count);
        _generations.Opened("d", 1, "d");
        Assert.True(_generations.MayOpen("b", 1, Age * 2, out _, out _));
        Assert.Equal(1, _generations.Count);
        Assert.False(MayOpen("d", 1, out _, out _));
    }

    [Fact]
    public void One_that_went_on_is_not_forgotten_with_the_end_of_its_older_stream()
    {
        _generations.Opened("key", 1, "first");
        _generations.Ended("key", 1, TimeSpan.Zero);
        _generations.Opened("key", 2, "second");
        Assert.False(_generations.MayOpen("key", 2, Age * 2, out _, out _));
    }

    private bool MayOpen(string key, uint generation, out uint known, out string? open) =>
        _generations.MayOpen(key, generation, TimeSpan.Zero, out known, out open);
}
