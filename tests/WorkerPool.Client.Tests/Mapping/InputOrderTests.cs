using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class InputOrderTests
{
    [Fact]
    public void A_failure_waits_for_all_below_it()
    {
        var order = new InputOrder();
        order.Hold(new ItemFailedException(1, "X", "x"));
        order.Hold(new ItemFailedException(2, "X", "x"));
        Assert.False(order.TryTakeHeld(out _));
        Assert.Null(order.Deliver(0));
        Assert.True(order.TryTakeHeld(out var first));
        Assert.Equal(1, first.Index);
        Assert.True(order.TryTakeHeld(out _));
        Assert.Null(order.Deliver(3));
        Assert.Equal(0, order.HeldCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_result_out_of_turn_is_refused(ulong index)
    {
        var order = new InputOrder();
        Assert.Null(order.Deliver(0));
        Assert.NotNull(order.Deliver(index));
    }
}
