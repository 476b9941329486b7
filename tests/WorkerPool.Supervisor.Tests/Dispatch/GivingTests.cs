using WorkerPool.Supervisor.Tests.Dispatch.Simulation;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>How much a worker gets at once.</summary>
public sealed class GivingTests
{
    [Theory]
    [InlineData(1_000, 20, 0)]
    [InlineData(20_000, 18, 2)]
    public void Only_what_is_done_in_less_time_than_a_message_takes_goes_to_one_worker_while_another_is_free(long itemNanoseconds, int most, int least)
    {
        var pool = new SimulatedPool(new Scenario(2, 3, [], []));
        var job = pool.Open(JobPlan.Singles(22, itemNanoseconds));

        // As long as nothing is known of them each goes to another.
        job.Send(2);
        pool.Turn();
        Assert.All(pool.Workers, worker => Assert.Single(worker.Held));
        Assert.All(pool.Workers, worker => worker.Run(1));
        pool.Turn();

        job.Send(20);
        pool.Turn();
        Assert.Equal([most, least], pool.Workers.Select(worker => worker.Held.Count).OrderDescending());
    }

    // 100 ms of it.
    [Theory]
    [InlineData(10_000_000, 10)]
    [InlineData(8_000_000, 13)]
    [InlineData(30_000_000, 4)]
    public void Of_what_there_is_plenty_a_worker_gets_much_at_once_and_then_nothing_until_it_needs_more(long itemNanoseconds, int most)
    {
        var pool = new SimulatedPool(new Scenario(2, 3, [], []));
        var job = pool.Open(JobPlan.Singles(100, itemNanoseconds));
        job.Send(2);
        pool.Turn();
        Assert.All(pool.Workers, worker => worker.Run(1));
        pool.Turn();
        job.Send(98);
        pool.Turn();
        var worker = pool.Workers[0];
        Assert.Equal(most, worker.Held.Count);
        var gifts = 0;
        while ((job.Job.WaitingItems - most) * itemNanoseconds >= 2 * 100_000_000)
        {
            worker.Run(1);
            var left = worker.Held.Count;
            pool.Turn();
            if (worker.Held.Count > left)
            {
                Assert.Equal(1, left);
                Assert.Equal(most, worker.Held.Count);
                gifts++;
            }
        }

        Assert.InRange(gifts, 1, 100 / (most - 1));
    }

    [Fact]
    public void Of_long_items_there_may_be_plenty_and_none_queues()
    {
        var pool = new SimulatedPool(new Scenario(1, 3, [], []));
        var jobs = new[] { pool.Open(JobPlan.Singles(90, 1_000_000)), pool.Open(JobPlan.Singles(90, 60_000_000)) };
        Assert.All(jobs, job => job.Send(90));
        var longOnes = 0;
        for (var round = 0; round < 100; round++)
        {
            pool.Turn();
            var held = pool.Workers[0].Held;
            longOnes += held.Count > 0 && held[0].Message.Job == jobs[1].Job.Number ? 1 : 0;
            Assert.DoesNotContain(held.Skip(1), chunk => chunk.Message.Job == jobs[1].Job.Number);
            pool.Workers[0].Run(1);
        }

        Assert.NotEqual(0, longOnes);
    }

    [Fact]
    public void Of_what_is_scarce_a_worker_gets_no_more_than_it_needs()
    {
        var pool = new SimulatedPool(new Scenario(4, 3, [], []));
        var job = pool.Open(JobPlan.Singles(20, 10_000_000));
        job.Send(4);
        pool.Turn();
        Assert.All(pool.Workers, worker => worker.Run(1));
        pool.Turn();
        job.Send(16);
        pool.Turn();
        Assert.All(pool.Workers, worker => Assert.Equal(2, worker.Held.Count));
    }
}
