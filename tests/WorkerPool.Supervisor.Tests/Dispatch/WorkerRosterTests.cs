using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class WorkerRosterTests
{
    private readonly WorkerRoster _roster = new();
    private ulong _lease;

    [Fact]
    public void Workers_that_have_nothing_to_do_are_taken_in_the_order_they_came_and_once()
    {
        var (first, second) = (Add(), Add());
        Assert.Same(first, _roster.NextFree());
        Assert.Same(second, _roster.NextFree());
        Assert.Null(_roster.NextFree());
        Assert.Equal(2, _roster.Count);
        Assert.Equal([first, second], _roster.Loads);
    }

    [Fact]
    public void A_worker_that_was_given_work_is_no_longer_taken_as_idle_and_may_be_as_hungry()
    {
        var load = Add();
        Give(load, itemNanoseconds: 1000);
        Assert.Null(_roster.NextFree());
        Assert.Same(load, _roster.NextHungry());
        Assert.Null(_roster.NextHungry());
    }

    [Fact]
    public void A_worker_with_long_work_stands_nowhere()
    {
        var load = Add();
        Give(load, itemNanoseconds: 60e6);
        _roster.Enlist(load);
        Assert.Null(_roster.NextFree());
        Assert.Null(_roster.NextHungry());
    }

    [Fact]
    public void Whoever_is_enlisted_twice_is_taken_once()
    {
        var load = Add();
        _roster.Enlist(load);
        Assert.Same(load, _roster.NextFree());
        Assert.Null(_roster.NextFree());
        Give(load, itemNanoseconds: 1000);
        _roster.Enlist(load);
        _roster.Enlist(load);
        Assert.Equal(1, _roster.HungryCount);
    }

    [Fact]
    public void A_worker_that_stood_among_the_hungry_and_has_nothing_left_is_taken_as_idle()
    {
        var load = Add();
        _roster.NextFree();
        var chunk = Give(load, itemNanoseconds: 1000);
        _roster.Enlist(load);
        Assert.Equal(1, _roster.HungryCount);
        chunk.Answer(1);
        load.Relieve(chunk, 1);
        _roster.Enlist(load);
        Assert.Same(load, _roster.NextFree());
    }

    [Fact]
    public void A_worker_that_is_gone_is_taken_from_no_queue_and_cannot_be_enlisted()
    {
        var (idle, hungry) = (Add(), Add());
        Give(hungry, itemNanoseconds: 1000);
        _roster.Enlist(hungry);
        Assert.Same(idle, _roster.Remove(idle.Worker));
        Assert.Same(hungry, _roster.Remove(hungry.Worker));
        Assert.Null(_roster.Remove(idle.Worker));
        Assert.Null(_roster.Find(idle.Worker));
        _roster.Enlist(idle);
        Assert.Null(_roster.NextFree());
        Assert.Null(_roster.NextHungry());
        Assert.Equal(0, _roster.Count);
    }

    private WorkerLoad Add()
    {
        var load = new WorkerLoad(new FakeWorker());
        _roster.Add(load);
        return load;
    }

    private InFlightChunk Give(WorkerLoad load, double itemNanoseconds)
    {
        var chunk = new InFlightChunk(++_lease, new FakeSource(itemNanoseconds).Chunk(0, 1), itemNanoseconds);
        load.Add(chunk, now: 0);
        return chunk;
    }
}
