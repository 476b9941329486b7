using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class RerunQueueTests
{
    private readonly RerunQueue _queue = new();

    [Fact]
    public void An_idle_worker_gets_them_in_the_order_they_came()
    {
        var first = Add(new FakeSource(), isAlone: true);
        var second = Add(new FakeSource(), isAlone: false);
        Assert.Same(first, Take(isIdle: true));
        Assert.Same(second, Take(isIdle: true));
        Assert.True(_queue.IsEmpty);
        Assert.Null(Take(isIdle: true));
    }

    [Fact]
    public void A_busy_worker_gets_only_what_need_not_be_alone_and_is_short()
    {
        Add(new FakeSource(1000), isAlone: true);
        Add(new FakeSource(60e6), isAlone: false);
        var quick = Add(new FakeSource(1000), isAlone: false);
        Assert.Same(quick, Take(isIdle: false));
        Assert.Null(Take(isIdle: false));
        Assert.False(_queue.IsEmpty);
    }

    [Fact]
    public void A_worker_with_a_free_runner_gets_what_is_long_and_still_not_what_must_be_alone()
    {
        Add(new FakeSource(1000), isAlone: true);
        var slow = Add(new FakeSource(60e6), isAlone: false);
        Assert.Same(slow, Take(Load(1, concurrency: 2)));
        Assert.Null(Take(Load(1, concurrency: 2)));
        Assert.True(_queue.HasAlone);
        Assert.NotNull(Take(Load(0, concurrency: 2)));
        Assert.False(_queue.HasAlone);
    }

    [Fact]
    public void The_items_of_a_job_that_is_over_are_dropped_and_their_reruns_cancelled()
    {
        var over = new FakeSource();
        var dropped = Add(over, isAlone: true);
        var kept = Add(new FakeSource(), isAlone: true);
        Add(over, isAlone: false);
        _queue.Remove(over);
        Assert.True(dropped.Rerun!.Outcome.Task.IsCanceled);
        Assert.Same(kept, Take(isIdle: true));
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void A_worker_gets_nothing_of_a_job_that_it_may_not_have()
    {
        var refused = new FakeSource(1000);
        Add(refused, isAlone: true);
        var other = Add(new FakeSource(1000), isAlone: true);
        Assert.Same(other, Take(isIdle: true, source => source != refused));
        Assert.Null(Take(isIdle: true, source => source != refused));
        Assert.True(_queue.Has(source => source == refused));
        Assert.False(_queue.Has(source => source == other.Source));
    }

    private WorkChunk Add(FakeSource source, bool isAlone)
    {
        var chunk = source.Chunk(0, 1) with { Rerun = new Rerun(isAlone) };
        _queue.Add(chunk);
        return chunk;
    }

    private WorkChunk? Take(bool isIdle, Func<IWorkSource, bool>? mayHave = null) =>
        Take(Load(isIdle ? 0 : 1, concurrency: 1), mayHave);

    private WorkChunk? Take(WorkerLoad load, Func<IWorkSource, bool>? mayHave = null) =>
        _queue.TryTake(load, mayHave ?? (_ => true), out var chunk) ? chunk : null;

    private static WorkerLoad Load(int chunks, int concurrency)
    {
        var load = new WorkerLoad(new FakeWorker(), concurrency: concurrency);
        for (var lease = 1; lease <= chunks; lease++)
        {
            load.Add(new InFlightChunk((ulong)lease, new FakeSource().Chunk(0, 1), 1), now: 0);
        }

        return load;
    }
}
