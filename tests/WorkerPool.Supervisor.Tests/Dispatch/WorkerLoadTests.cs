using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class WorkerLoadTests
{
    private readonly WorkerLoad _load = new(new FakeWorker());
    private readonly FakeSource _source = new();
    private ulong _lease;

    [Fact]
    public void A_worker_without_chunks_is_idle_and_not_hungry()
    {
        Assert.True(_load.IsIdle);
        Assert.False(_load.IsHungry);
    }

    [Fact]
    public void Behind_a_short_chunk_another_may_queue()
    {
        Add(count: 10, itemNanoseconds: 1e6);
        Assert.False(_load.IsIdle);
        Assert.True(_load.IsHungry);
    }

    [Fact]
    public void Behind_a_long_chunk_nothing_queues()
    {
        Add(count: 1, itemNanoseconds: 60e6);
        Assert.False(_load.IsHungry);
    }

    [Fact]
    public void Many_chunks_queue_only_while_they_are_quick_together()
    {
        Add(count: 1, itemNanoseconds: 1e6);
        Add(count: 1, itemNanoseconds: 1e6);
        Assert.True(_load.IsHungry);
        Add(count: 1, itemNanoseconds: 3e6);
        Assert.False(_load.IsHungry);
    }

    [Theory]
    [InlineData(1e3, 1024)]
    [InlineData(1e6, 13)]
    [InlineData(10e6, 7)]
    [InlineData(20e6, 4)]
    [InlineData(45e6, 3)]
    public void While_results_may_wait_it_has_enough_to_run_meanwhile(double itemNanoseconds, int chunks)
    {
        var source = new FakeSource(resultsWait: true);
        for (var lease = 1UL; lease <= (ulong)chunks; lease++)
        {
            Assert.True(_load.IsIdle || _load.IsHungry);
            _load.Add(new InFlightChunk(lease, source.Chunk(0, 1), itemNanoseconds), now: 0);
        }

        Assert.False(_load.IsHungry);
    }

    [Fact]
    public void Never_more_than_a_thousand_odd_chunks_queue()
    {
        for (var i = 0; i < 1024; i++)
        {
            Assert.True(_load.IsIdle || _load.IsHungry);
            Add(count: 1, itemNanoseconds: 1);
        }

        Assert.False(_load.IsHungry);
    }

    [Fact]
    public void Of_large_items_a_few_are_enough_however_quick_they_are()
    {
        Add(new ItemSegments(Runs.OfSizes(6 << 20)), itemNanoseconds: 1);
        Assert.True(_load.IsHungry);
        var second = Add(new ItemSegments(Runs.OfSizes(1 << 20)), itemNanoseconds: 1);
        Assert.False(_load.IsHungry);
        Assert.False(_load.HasRoom);
        second.Answer(1);
        _load.Relieve(second, 1);
        Assert.True(_load.IsHungry);
    }

    [Fact]
    public void Nothing_queues_behind_a_suspect()
    {
        var suspect = _source.Chunk(0, 1) with { Rerun = new Rerun(Alone: true) };
        _load.Add(new InFlightChunk(1, suspect, 1), now: 0);
        Assert.False(_load.IsHungry);
    }

    [Fact]
    public void Answers_make_it_hungry_again_and_the_last_one_idle()
    {
        var first = Add(count: 2, itemNanoseconds: 40e6);
        Assert.False(_load.IsHungry);
        first.Answer(1);
        _load.Relieve(first, 1);
        Assert.True(_load.IsHungry);
        Assert.Equal(1, first.UnansweredCount);
        first.Answer(1);
        _load.Relieve(first, 1);
        Assert.True(_load.IsIdle);
        Assert.Null(_load.Find(first.Lease));
    }

    [Fact]
    public void A_chunk_handed_back_weighs_nothing_any_more()
    {
        Add(count: 1, itemNanoseconds: 1e6);
        var returned = Add(count: 10, itemNanoseconds: 10e6);
        Assert.False(_load.IsHungry);
        returned.CutOff(10);
        _load.Relieve(returned, 10);
        Assert.True(_load.IsHungry);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(49e6, true)]
    [InlineData(50e6, false)]
    public void Only_items_known_to_be_short_may_queue(double? itemNanoseconds, bool expected) =>
        Assert.Equal(expected, WorkerLoad.MayQueue(new FakeSource(itemNanoseconds)));

    private InFlightChunk Add(int count, double itemNanoseconds) => Add(_source.Chunk(0, count).Items, itemNanoseconds);

    private InFlightChunk Add(ItemSegments items, double itemNanoseconds)
    {
        var chunk = new InFlightChunk(++_lease, new WorkChunk(_source, 0, items), itemNanoseconds);
        _load.Add(chunk, now: 0);
        return chunk;
    }
}
