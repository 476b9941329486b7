using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class InputWindowTests
{
    [Fact]
    public void Items_count_until_they_are_acknowledged_and_bytes_until_they_are_answered()
    {
        var window = new InputWindow(maxItems: 3, maxBytes: 100);
        Assert.True(window.TryAccept(3, 30, out _));
        window.Answered(30);
        Assert.Equal((3, 0), (window.Items, window.Bytes));
        Assert.False(window.TryAccept(1, 1, out var problem));
        Assert.Equal("3 items were sent and not acknowledged, 1 more exceed the window of 3 items", problem);
        window.Acknowledge(1);
        Assert.True(window.TryAccept(1, 1, out _));
    }

    [Fact]
    public void Bytes_are_bounded_but_a_batch_alone_finds_room()
    {
        var window = new InputWindow(maxItems: 10, maxBytes: 100);
        Assert.True(window.TryAccept(1, 150, out _));
        Assert.False(window.TryAccept(1, 1, out var problem));
        Assert.Equal("150 bytes of items are not answered, 1 more exceed the window of 100 bytes", problem);
        window.Answered(150);
        Assert.True(window.TryAccept(1, 100, out _));
    }

    [Fact]
    public void What_was_refused_takes_no_room()
    {
        var window = new InputWindow(maxItems: 2, maxBytes: 10);
        Assert.False(window.TryAccept(3, 1, out _));
        Assert.Equal((0, 0), (window.Items, window.Bytes));
    }

    [Fact]
    public void An_acknowledgement_that_comes_late_takes_nothing_back()
    {
        var window = new InputWindow(maxItems: 5, maxBytes: 10);
        Assert.True(window.TryAccept(5, 5, out _));
        window.Acknowledge(4);
        window.Acknowledge(2);
        Assert.Equal(1, window.Items);
    }
}
