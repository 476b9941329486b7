using WorkerPool.Client.Mapping;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class StreamAccountTests
{
    [Fact]
    public void Results_are_acknowledged_from_the_start_of_the_stream()
    {
        var account = new StreamAccount(10, 100);
        account.Received(3, 30, 0);
        account.Taken(2, 20);
        Assert.True(account.IsAcknowledgementDue);
        Assert.Equal(new V1.Acknowledgement { Results = 2, ValueBytes = 20 }, account.Acknowledge());
        Assert.False(account.IsAcknowledgementDue);
        account.Taken(1, 10);
        Assert.Equal(new V1.Acknowledgement { Results = 3, ValueBytes = 30 }, account.Acknowledge());
    }

    [Fact]
    public void What_came_on_the_streams_before_is_acknowledged_to_nobody()
    {
        var first = new StreamAccount(10, 100);
        first.Received(3, 30, 0);
        first.Taken(1, 10);
        var second = first.Next(10, 100);
        second.Received(1, 5, 0);
        var third = second.Next(10, 100);
        third.Received(2, 8, 0);
        third.Taken(2, 20);
        Assert.False(third.IsAcknowledgementDue);
        third.Taken(2, 9);
        Assert.Equal(new V1.Acknowledgement { Results = 1, ValueBytes = 4 }, third.Acknowledge());
    }

    [Fact]
    public void As_many_items_fit_as_there_is_room_for_in_items_and_in_bytes()
    {
        var account = new StreamAccount(10, 10);
        Assert.Equal(3, account.CountThatFits(Run(4, 4, 2)));
        Assert.Equal(2, account.CountThatFits(Run(4, 4, 3)));
        account.Sent(new SentBatch(0, Run(1, 1, 1, 1, 1, 1, 1, 1, 1)));
        Assert.Equal(1, account.CountThatFits(Run(0, 0)));
        Assert.Equal(0, account.CountThatFits(Run(2)));
    }

    [Fact]
    public void One_item_that_is_too_large_passes_alone()
    {
        var account = new StreamAccount(10, 10);
        Assert.Equal(1, account.CountThatFits(Run(11, 1)));
        account.Sent(new SentBatch(0, Run(11)));
        Assert.Equal(0, account.CountThatFits(Run(1)));
        account.Received(1, 0, 11);
        Assert.Equal(1, account.CountThatFits(Run(1)));
    }

    private static PackedRun Run(params uint[] sizes) =>
        PackedRun.Create(sizes, new byte[sizes.Sum(size => size)]);
}
