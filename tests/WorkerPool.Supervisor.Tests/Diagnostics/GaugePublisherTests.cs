using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class GaugePublisherTests
{
    private readonly Queue<Action> _later = [];
    private int _gathered;

    [Fact]
    public void What_happens_within_an_interval_is_gathered_once_after_the_last()
    {
        var publisher = new GaugePublisher(Gather, (_, action) => _later.Enqueue(action));
        publisher.AfterBurst();
        publisher.AfterBurst();
        Assert.Equal((0, 1), (_gathered, _later.Count));
        _later.Dequeue()();
        publisher.AfterBurst();
        Assert.Equal((1, 1), (_gathered, publisher.Latest.BacklogItems));
    }

    [Fact]
    public void When_nothing_happens_nothing_is_gathered()
    {
        var publisher = new GaugePublisher(Gather, (_, action) => _later.Enqueue(action));
        publisher.AfterBurst();
        _later.Dequeue()();
        publisher.AfterBurst();
        Assert.Empty(_later);
    }

    private PoolGauges Gather() => PoolGauges.Zero with { BacklogItems = ++_gathered };
}
