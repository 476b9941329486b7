using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class StealingTests
{
    private const double Millisecond = 1e6;
    private readonly FakeSource _automatic = new();
    private readonly FakeSource _fixed = new(chunkSize: 1);
    private ulong _lease;

    [Fact]
    public void Of_a_running_chunk_half_of_what_has_not_started_is_asked_back()
    {
        var load = Load();
        var chunk = Give(load, _automatic, 21);
        var theft = Assert.Single(ForIdle(load));
        Assert.Equal((chunk.Lease, 10u, false), (theft.Reclaim.Lease, theft.Reclaim.Count, theft.Reclaim.UnbegunOnly));
    }

    [Fact]
    public void A_queued_chunk_is_taken_whole_and_before_the_running_one_is_touched()
    {
        var load = Load();
        Give(load, _automatic, 20);
        var queued = Give(load, _automatic, 30);
        var theft = Assert.Single(ForIdle(load));
        Assert.Equal((queued.Lease, 30u), (theft.Reclaim.Lease, theft.Reclaim.Count));
    }

    [Fact]
    public void Of_many_small_chunks_about_half_are_taken_from_the_end()
    {
        var load = Load();
        var chunks = Enumerable.Range(0, 10).Select(_ => Give(load, _fixed, 1)).ToList();
        var thefts = ForIdle(load);
        Assert.Equal(chunks.Skip(5).Select(chunk => chunk.Lease).Order(), thefts.Select(theft => theft.Reclaim.Lease).Order());
        Assert.All(thefts, theft => Assert.True(theft.Reclaim.UnbegunOnly));
    }

    [Fact]
    public void A_running_chunk_of_fixed_size_stays_with_its_worker()
    {
        var load = Load();
        Give(load, _fixed, 1000);
        Assert.Empty(ForIdle(load));
    }

    [Fact]
    public void A_single_running_item_is_nobodys_to_take()
    {
        var load = Load();
        Give(load, _automatic, 1);
        Assert.Empty(ForIdle(load));
    }

    [Fact]
    public void What_is_over_sooner_than_a_message_travels_is_left_where_it_is()
    {
        var load = Load();
        Give(load, _automatic, 10, itemNanoseconds: 1000);
        Assert.Empty(ForIdle(load));
        Assert.NotEmpty(Stealing.ForIdle([load], 0, _ => true));
    }

    [Fact]
    public void The_worker_with_the_most_to_do_is_relieved()
    {
        var (little, much) = (Load(), Load());
        Give(little, _automatic, 10);
        Give(much, _automatic, 100);
        Assert.Same(much, Assert.Single(ForIdle(little, much)).Load);
    }

    [Fact]
    public void Nobody_is_asked_twice_before_the_answer()
    {
        var load = Load();
        Give(load, _automatic, 10).IsReclaimed = true;
        Assert.Empty(ForIdle(load));
        Assert.Empty(Stealing.ForWaitingJob([load]));
    }

    [Fact]
    public void A_suspect_is_not_moved()
    {
        var load = Load();
        load.Add(new InFlightChunk(++_lease, _automatic.Chunk(0, 1) with { Rerun = new Rerun(Alone: true) }, Millisecond), now: 0);
        Assert.Empty(Stealing.ForWaitingJob([load]));
    }

    [Fact]
    public void A_job_that_may_not_have_another_worker_is_left_alone()
    {
        var load = Load();
        Give(load, _automatic, 100);
        Assert.Empty(Stealing.ForIdle([load], 0, source => source != _automatic));
    }

    [Fact]
    public void For_a_waiting_job_a_worker_gives_up_all_but_the_item_it_runs()
    {
        var load = Load();
        Give(load, _automatic, 20);
        Give(load, _automatic, 30);
        Assert.Equal([19u, 30u], Stealing.ForWaitingJob([load]).Select(theft => theft.Reclaim.Count));
    }

    private static IReadOnlyList<Theft> ForIdle(params WorkerLoad[] loads) => Stealing.ForIdle(loads, Millisecond, _ => true);

    private static WorkerLoad Load() => new(new FakeWorker());

    private InFlightChunk Give(WorkerLoad load, FakeSource source, int count, double itemNanoseconds = Millisecond)
    {
        var chunk = new InFlightChunk(++_lease, source.Chunk(0, count), itemNanoseconds);
        load.Add(chunk, now: 0);
        return chunk;
    }
}
