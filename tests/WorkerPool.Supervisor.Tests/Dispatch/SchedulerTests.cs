using Microsoft.Extensions.Time.Testing;
using WorkerPool.TestSupport;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Tests.Dispatch.Simulation;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class SchedulerTests
{
    [Fact]
    public void A_worker_that_ran_out_of_work_gets_the_next_item_at_once()
    {
        // It is fed until it stands among those that would take more, and then finishes all it has.
        var pool = new SimulatedPool(new Scenario(1, 3, [], []));
        pool.Turn();
        var first = pool.Open(JobPlan.Singles(8));
        for (var i = 0; i < 8; i++)
        {
            first.Send(1);
            pool.Turn();
            pool.Workers[0].Run(1);
            pool.Turn();
        }

        Assert.Empty(pool.Workers[0].Held);
        pool.Open(JobPlan.Singles(1)).Send(1);
        pool.Turn();
        Assert.Single(pool.Workers[0].Held);
    }

    [Fact]
    public void Jobs_of_equal_cost_share_the_workers_equally()
    {
        var pool = new SimulatedPool(new Scenario(2, 3, [], []));
        var jobs = new[] { pool.Open(JobPlan.Singles(40)), pool.Open(JobPlan.Singles(40)) };
        foreach (var job in jobs)
        {
            while (job.Send(40))
            {
                // All at once.
            }
        }

        for (var round = 0; round < 10; round++)
        {
            pool.Turn();
            Assert.All(pool.Workers, worker => worker.Run(1));
            pool.Turn();
            Assert.All(jobs, job => job.Take());
        }

        Assert.InRange(Math.Abs(jobs[0].Taken.Count - jobs[1].Taken.Count), 0, 4);
    }

    [Theory]
    [InlineData(60_000_000)]
    [InlineData(2_000_000_000)]
    public void A_job_of_long_items_gets_its_turn_beside_one_that_keeps_every_worker_fed(long itemNanoseconds)
    {
        var pool = new SimulatedPool(new Scenario(2, 3, [], []));
        var tiny = pool.Open(JobPlan.Singles(3000));
        tiny.Send(50);
        pool.Turn();
        Assert.All(pool.Workers, worker => worker.Run(1));
        var slow = pool.Open(JobPlan.Singles(5, itemNanoseconds));
        slow.Send(5);

        // No worker is ever given the time to run out of tiny items.
        for (var round = 0; round < 1000 && slow.Taken.Count < 5; round++)
        {
            tiny.Send(50);
            pool.Turn();
            Assert.All(pool.Workers, worker => worker.Run(1));
            pool.Turn();
            while (tiny.Take() | tiny.Acknowledge(100) | slow.Take())
            {
                // All there is.
            }
        }

        Assert.Equal(5, slow.Taken.Count);
        Assert.True(tiny.Taken.Count < 3000, "the tiny items ran out");
    }

    [Fact]
    public void Items_are_asked_back_for_a_job_that_gets_work_when_it_had_none_and_not_for_one_whose_turn_has_not_come()
    {
        var scheduler = NewScheduler(new FakeTimeProvider(), []);
        var host = new SchedulerHost(scheduler);
        var worker = new FakeWorker();
        scheduler.WorkerReady(worker);
        var jobs = Enumerable.Range(0, 12).Select(_ => host.Open(chunkSize: 1)).ToList();
        foreach (var job in jobs)
        {
            job.Accept(0, Runs.OfIndexes(0, 20));
        }

        // Until it is known of each how long its items take, and nothing that was asked back is left.
        for (var answered = 0; answered < 60; answered++)
        {
            scheduler.Dispatch();
            scheduler.Results(
                worker, [new ChunkResults { Lease = worker.Chunks[answered].Lease, Values = Runs.OfSizes(1).ToMessage(), BusyNanoseconds = 1_000_000 }]);
        }

        scheduler.Dispatch();
        worker.Reclaims.Clear();
        var waiting = jobs.Where(job => scheduler.HeldBy(job) == 0).ToList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, scheduler.Wake);
        scheduler.Dispatch();
        Assert.Empty(worker.Reclaims);

        host.Open(chunkSize: 1).Accept(0, Runs.OfIndexes(0, 1));
        scheduler.Dispatch();
        Assert.NotEmpty(worker.Reclaims);
    }

    [Fact]
    public void A_worker_that_breaks_the_protocol_is_killed()
    {
        var (scheduler, worker, posted) = OneChunk(items: 2);
        var tooMany = new ChunkResults { Lease = worker.Chunks[0].Lease, Values = Runs.OfSizes(1, 1, 1).ToMessage() };
        scheduler.Results(worker, [tooMany]);
        Assert.Equal("it broke the protocol: 3 results and 0 returned items for 2 items", Assert.Single(worker.Kills));
        Assert.Empty(posted);
    }

    [Fact]
    public void A_worker_whose_errors_are_of_no_item_it_answered_is_killed()
    {
        var (scheduler, worker, _) = OneChunk(items: 2);
        scheduler.Results(
            worker,
            [new ChunkResults { Lease = worker.Chunks[0].Lease, Values = Runs.OfSizes(0).ToMessage(), Errors = { Runs.Error(1) } }]);
        Assert.Single(worker.Kills);
    }

    [Fact]
    public void A_job_that_is_over_is_cancelled_on_its_worker_which_is_killed_if_it_does_not_yield()
    {
        var pool = new SimulatedPool(new Scenario(1, 3, [], []));
        var job = pool.Open(JobPlan.Singles(1));
        job.Send(1);
        pool.Turn();
        var worker = pool.Workers[0];
        job.Cancel();
        Assert.False(worker.IsKilled);
        pool.FireAll();
        Assert.True(worker.IsKilled);
    }

    [Fact]
    public void A_chunk_is_sent_with_all_that_its_worker_must_know()
    {
        var source = new FakeSource();
        var chunk = ChunkMessage.From(new InFlightChunk(9, source.Chunk(5, 2) with { Attempt = 3 }, 1));
        Assert.Equal((9ul, 1ul, 5ul, 3u), (chunk.Lease, chunk.Job, chunk.FirstIndex, chunk.Attempt));
        Assert.Equal([2u, 2u], PackedSizes.Read(chunk.Segments.Single().Sizes));
        var setup = ChunkMessage.SetupOf(source);
        Assert.Equal((1ul, "f"), (setup.Job, setup.Function));
        Assert.Equal((Encoding.Json, Encoding.Json), (setup.Encoding, setup.ValueEncoding));
        Assert.Equal(TimeSpan.FromSeconds(1.5), setup.ItemTimeout.ToTimeSpan());
    }

    [Fact]
    public void A_worker_is_told_once_what_a_job_is_and_to_forget_it_and_so_is_the_worker_in_its_place()
    {
        var scheduler = NewScheduler(new FakeTimeProvider(), []);
        var host = new SchedulerHost(scheduler);
        var (first, second, bystander) = (new FakeWorker(), new FakeWorker(), new FakeWorker());
        scheduler.WorkerReady(first);
        var job = host.Open(chunkSize: 1);
        job.Accept(0, Runs.OfIndexes(0, 3));
        for (var answered = 0; answered < 2; answered++)
        {
            scheduler.Dispatch();
            scheduler.Results(first, [new ChunkResults { Lease = first.Chunks[answered].Lease, Values = Runs.OfSizes(3).ToMessage() }]);
        }

        Assert.Equal(job.Number, Assert.Single(first.Setups).Job);
        scheduler.WorkerLost(first, new DeathCertificate(1, 137, null, []), running: []);
        scheduler.WorkerReady(second);
        scheduler.Dispatch();
        Assert.Equal(job.Number, Assert.Single(second.Setups).Job);
        scheduler.WorkerReady(bystander);
        scheduler.Results(second, [new ChunkResults { Lease = second.Chunks[0].Lease, Values = Runs.OfSizes(3).ToMessage() }]);
        job.Fail(ErrorReasons.JobCancelled, "");
        Assert.Equal([job.Number], second.Forgotten);
        Assert.Empty(first.Forgotten.Concat(bystander.Forgotten));
        Assert.Empty(second.Cancelled);
    }

    [Fact]
    public void The_error_of_an_item_that_crashed_its_workers_tells_of_the_last_death()
    {
        var crash = new TryOutcome.Crash("worker-2 (incarnation 4)", new DeathCertificate(77, 139, null, ["one", "two"]));
        var error = ItemErrors.Crashed(new FakeSource().Chunk(6, 1), [crash, crash, crash], tries: 3);
        Assert.Equal((6ul, ErrorReasons.WorkerCrashed, 3u), (error.Index, error.Reason, error.Attempts));
        Assert.Contains("worker-2 (incarnation 4), SIGSEGV (exit code 139)", error.Message, StringComparison.Ordinal);
        Assert.Equal(("139", "one\ntwo"), (error.Metadata["exit_code"], error.Metadata["stderr"]));
    }

    [Fact]
    public void A_job_pays_for_the_time_that_it_takes_a_worker_up_not_only_for_that_of_its_items()
    {
        var time = new FakeTimeProvider();
        var scheduler = NewScheduler(time, []);
        var host = new SchedulerHost(scheduler);
        var worker = new FakeWorker();
        scheduler.WorkerReady(worker);
        var tiny = host.Open(chunkSize: 1);
        var slow = host.Open(chunkSize: 1);
        var sent = 0;
        slow.Accept(0, Runs.OfIndexes(0, 100));

        // An item of the first runs for a microsecond and is under way for 2 ms, and the next comes then; those of the
        // second run for 10 ms.
        var occupied = new Dictionary<ulong, TimeSpan> { [1] = TimeSpan.Zero, [2] = TimeSpan.Zero };
        for (var answered = 0; answered < 60; answered++)
        {
            if (tiny.Snapshot(0).Ledger.Succeeded == sent)
            {
                tiny.Accept((ulong)sent, Runs.OfIndexes((ulong)sent, 1));
                sent++;
            }

            scheduler.Dispatch();
            var chunk = worker.Chunks[answered];
            var took = TimeSpan.FromMilliseconds(chunk.Job == 1 ? 2 : 10);
            occupied[chunk.Job] += took;
            time.Advance(took);
            scheduler.Results(
                worker,
                [
                    new ChunkResults
                    {
                        Lease = chunk.Lease,
                        Values = Runs.OfSizes(3).ToMessage(),
                        BusyNanoseconds = chunk.Job == 1 ? 1_000u : 10_000_000u,
                    },
                ]);
        }

        Assert.True(occupied[1] <= occupied[2] * 1.25, $"the tiny items had a worker for {occupied[1]}, the others for {occupied[2]}");
    }

    [Fact]
    public void What_waits_behind_an_item_that_takes_longer_than_its_like_is_asked_back_and_what_was_given_just_now_is_not()
    {
        var pool = new SimulatedPool(new Scenario(2, 3, [], []));
        pool.Turn();
        var map = pool.Open(JobPlan.Singles(100));

        // Known to be quick.
        GiveSeveral();
        RunAll(pool.Workers[0]);
        RunAll(pool.Workers[1]);

        // One is idle beside one that has some, which will be looked at; but by then it has answered those and has others.
        GiveSeveral();
        RunAll(pool.Workers[1]);
        RunAll(pool.Workers[0]);
        GiveSeveral();
        var busy = pool.Workers.MaxBy(worker => worker.Held.Count)!;
        RunAll(pool.Workers.Single(worker => worker != busy));
        LookAgain();
        Assert.Equal(0, pool.ReclaimedCount);

        // And those are still there when it is looked at again.
        LookAgain();
        Assert.NotEqual(0, pool.ReclaimedCount);

        void GiveSeveral()
        {
            map.Send(10);
            pool.Turn();
        }

        void RunAll(SimulatedWorker worker)
        {
            while (worker.Held.Count > 0)
            {
                worker.Run(1);
            }

            pool.Turn();
        }

        void LookAgain()
        {
            pool.FireAll();
            pool.Turn();
            Assert.InRange(busy.Held.Count, 3, 10);
            busy.Run(1);
        }
    }

    private static Scheduler NewScheduler(FakeTimeProvider time, Queue<Action> posted) => new(
        new RerunPolicy(3, TimeSpan.Zero, time), TimeSpan.FromSeconds(2), posted.Enqueue, (_, _) => { }, time);

    private static (Scheduler Scheduler, FakeWorker Worker, Queue<Action> Posted) OneChunk(int items)
    {
        var posted = new Queue<Action>();
        var scheduler = NewScheduler(new FakeTimeProvider(), posted);
        var host = new SchedulerHost(scheduler);
        var job = host.Open(chunkSize: items);
        job.Accept(0, Runs.OfIndexes(0, items));
        var worker = new FakeWorker();
        scheduler.WorkerReady(worker);
        scheduler.Dispatch();
        Assert.Single(worker.Chunks);
        return (scheduler, worker, posted);
    }
}
