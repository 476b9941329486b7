using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Tests.Dispatch.Simulation;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>Of chunks that take less time than it takes to give them out workers have only so many together.</summary>
public sealed class QuickChunksTests
{
    private const long Quick = 1_000;

    [Theory]
    [InlineData(1, 3_900.0, true)]
    [InlineData(1, 3_910.0, false)]
    [InlineData(10, 390.0, true)]
    [InlineData(10, 391.0, false)]
    [InlineData(1, null, false)]
    [InlineData(null, 1.0, false)]
    public void Quick_is_what_a_worker_may_have_as_many_of_as_of_anything(int? chunkSize, double? itemNanoseconds, bool expected) =>
        Assert.Equal(expected, WorkerLoad.IsQuick(new FakeSource(itemNanoseconds, chunkSize)));

    [Fact]
    public void Workers_have_no_more_of_them_together_and_get_the_next_as_these_are_answered()
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 8);
        var job = Known(pool, items: 60, Quick);
        job.Send(50);
        pool.Turn();
        while (job.Job.WaitingItems > 0)
        {
            Assert.Equal(8, HeldCount(pool));
            pool.Workers.MaxBy(worker => worker.Held.Count)!.Run(3);
            Assert.Equal(5, HeldCount(pool));
            pool.Turn();
        }
    }

    [Fact]
    public void Of_others_they_have_what_each_may_have()
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 8);
        var job = Known(pool, items: 60, 10_000);
        job.Send(50);
        pool.Turn();
        Assert.Equal(0, job.Job.WaitingItems);
        Assert.Equal(50, HeldCount(pool));
    }

    [Fact]
    public void Those_of_a_worker_that_died_make_room()
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 8);
        var job = Known(pool, items: 60, Quick);
        job.Send(50);
        pool.Turn();
        var holder = pool.Workers.First(worker => worker.Held.Count > 0);
        holder.Die(Running.Nothing);
        pool.Turn();
        Assert.Equal(8, pool.Workers.Where(worker => worker != holder).Sum(worker => worker.Held.Count));
    }

    [Fact]
    public void Another_job_gets_the_workers_that_have_none()
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 1);
        var quick = Known(pool, items: 60, Quick);
        quick.Send(50);
        pool.Turn();
        var other = pool.Open(JobPlan.Singles(3, 1_000_000));
        other.Send(3);
        pool.Turn();
        Assert.Equal([1, 1, 1, 1], pool.Workers.Select(worker => worker.Held.Count));
        Assert.Equal(0, other.Job.WaitingItems);
    }

    [Theory]
    [InlineData(50, 0, false)]
    [InlineData(50, 1, false)]
    [InlineData(7, 0, true)]
    public void Only_when_there_is_not_enough_it_is_asked_back_for_the_idle(int items, int others, bool expected)
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 8);
        var job = Known(pool, items: 60, Quick);
        var other = Known(pool, items: 60, 60_000_000);
        job.Send(items);
        other.Send(others);
        pool.Turn();
        IdleCheck(pool);
        Assert.Equal(expected, pool.ReclaimedCount > 0);
    }

    [Fact]
    public void What_is_not_answered_for_long_is_not_quick_and_the_idle_get_more_and_what_waits_behind_it()
    {
        var pool = NewPool(workers: 4, mostQuickChunks: 8);
        var job = Known(pool, items: 60, Quick);
        job.Send(50);
        pool.Turn();
        Assert.Equal(8, HeldCount(pool));
        pool.FireAll();
        pool.Turn();
        Assert.Equal(16, HeldCount(pool));
        IdleCheck(pool);
        Assert.NotEqual(0, pool.ReclaimedCount);
    }

    [Fact]
    public void While_there_is_enough_the_chunks_of_another_job_are_asked_back_for_the_idle()
    {
        var pool = NewPool(workers: 2, mostQuickChunks: 1);
        var quick = Known(pool, items: 60, Quick);
        var other = Known(pool, items: 60, 1_000_000);

        // Each has some of the other job, one a quick one too; then one has answered all.
        quick.Send(50);
        other.Send(8);
        pool.Turn();
        var idle = pool.Workers.First(worker => worker.Held.All(held => held.Message.Job == other.Job.Number));
        idle.Run(100);
        Assert.Empty(idle.Held);
        IdleCheck(pool);
        Assert.NotEqual(0, pool.ReclaimedCount);
    }

    private static SimulatedPool NewPool(int workers, int mostQuickChunks)
    {
        var pool = new SimulatedPool(new Scenario(workers, 3, [], [], MostQuickChunks: mostQuickChunks));
        pool.Turn();
        return pool;
    }

    // A few milliseconds pass, and whoever is asked for something answers that before it goes on.
    private static void IdleCheck(SimulatedPool pool)
    {
        for (var round = 0; round < 3; round++)
        {
            pool.Turn();
            pool.FireAll(within: TimeSpan.FromMilliseconds(10));
        }

        foreach (var worker in pool.Workers)
        {
            worker.Run(0);
        }
    }

    private static int HeldCount(SimulatedPool pool) => pool.Workers.Sum(worker => worker.Held.Count);

    // A job that has had an answer from a worker, so that it is known how long its items take.
    private static SimulatedClient Known(SimulatedPool pool, int items, long itemNanoseconds)
    {
        var job = pool.Open(JobPlan.Singles(items, itemNanoseconds));
        job.Send(1);
        pool.Turn();
        pool.Workers.First(worker => worker.Held.Count > 0).Run(1);
        pool.Turn();
        Assert.Equal(0, HeldCount(pool));
        return job;
    }
}
