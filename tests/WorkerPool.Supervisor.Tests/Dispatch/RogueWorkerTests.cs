using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch;

/// <summary>Workers that answer twice, late, or for one another: no item is answered by that.</summary>
public sealed class RogueWorkerTests
{
    private readonly Queue<Action> _posted = new();
    private readonly Scheduler _scheduler;
    private readonly Job _job;
    private readonly FakeWorker _worker = new();
    private readonly FakeWorker _other = new() { Identity = new WorkerIdentity(2, 1) };

    public RogueWorkerTests()
    {
        var time = new FakeTimeProvider();
        _scheduler = new Scheduler(
            new RerunPolicy(2, TimeSpan.Zero, time), TimeSpan.FromSeconds(2), _posted.Enqueue, (_, _) => { }, time);
        _job = new SchedulerHost(_scheduler).Open(chunkSize: 2);
        _job.Accept(0, Runs.OfIndexes(0, 4));
        _scheduler.WorkerReady(_worker);
        _scheduler.WorkerReady(_other);
        _scheduler.Dispatch();
        Assert.Single(_worker.Chunks);
        Assert.Single(_other.Chunks);
    }

    private long Succeeded => _job.Snapshot(0).Ledger.Succeeded;

    [Fact]
    public void A_chunk_that_is_answered_twice_is_answered_once()
    {
        _scheduler.Results(_worker, [Answer(_worker, items: 2), Answer(_worker, items: 2)]);
        _scheduler.Results(_worker, [Answer(_worker, items: 2)]);
        Assert.Equal(2, Succeeded);
        Assert.Empty(_worker.Kills);
    }

    [Fact]
    public void Items_that_are_answered_twice_while_others_of_their_chunk_run_cost_the_worker_its_life()
    {
        _scheduler.Results(_worker, [Answer(_worker, items: 1)]);
        _scheduler.Results(_worker, [Answer(_worker, items: 2)]);
        Assert.Equal(1, Succeeded);
        Assert.Single(_worker.Kills);
    }

    [Fact]
    public void What_a_worker_says_after_its_death_is_not_heard()
    {
        _scheduler.WorkerLost(_worker, new DeathCertificate(1, 137, "it was silent", []), running: []);
        _scheduler.Results(_worker, [Answer(_worker, items: 2)]);
        _scheduler.Overdue(_worker, _worker.Chunks[0].Lease, 0);
        Assert.Equal(0, Succeeded);

        _scheduler.Results(_other, [Answer(_other, items: 2)]);
        _scheduler.Dispatch();
        _scheduler.Results(_other, [Answer(_other, items: 2)]);
        Assert.Equal(4, Succeeded);
        Assert.Empty(_worker.Kills);
    }

    [Fact]
    public void The_chunk_of_another_worker_is_not_answered_by_knowing_its_lease()
    {
        _scheduler.Results(_other, [Answer(_worker, items: 2)]);
        Assert.Equal(0, Succeeded);
        _scheduler.Results(_worker, [Answer(_worker, items: 2)]);
        Assert.Equal(2, Succeeded);
    }

    [Fact]
    public void An_item_that_ends_the_session_of_its_worker_is_found_among_its_neighbours_and_no_other_is_charged()
    {
        var lost = new DeathCertificate(1, 0, null, []) { HasExited = true, HasLostSession = true };
        _scheduler.WorkerLost(_other, lost, running: []);
        Turn();

        // Each of the two has a worker to itself now: one ends that session too, the other has its value.
        _scheduler.Results(_worker, [Answer(_worker, items: 2)]);
        Turn();
        Assert.Equal(1, Assert.Single(_worker.Chunks.Skip(1)).Segments.Sum(segment => segment.ItemCount));
        _scheduler.Results(_worker, [Answer(_worker, items: 1)]);
        Turn();
        var third = new FakeWorker { Identity = new WorkerIdentity(3, 1) };
        _scheduler.WorkerLost(_worker, lost, running: []);
        _scheduler.WorkerReady(third);
        Turn();
        Assert.Equal((3, 0), (_job.Snapshot(0).Ledger.Succeeded, _job.Snapshot(0).Ledger.Failed));
        _scheduler.WorkerLost(third, lost, running: []);
        Turn();
        Assert.Equal((3, 1), (_job.Snapshot(0).Ledger.Succeeded, _job.Snapshot(0).Ledger.Failed));
    }

    [Fact]
    public void A_job_that_a_worker_was_not_told_of_is_not_failed_by_it()
    {
        _scheduler.Refused(_worker, new JobRefused { Job = 99, Reason = ErrorReasons.InitializerFailed, Message = "no" });
        var third = new FakeWorker { Identity = new WorkerIdentity(3, 1) };
        _scheduler.WorkerReady(third);
        _scheduler.Refused(third, new JobRefused { Job = _job.Number, Reason = ErrorReasons.InitializerFailed, Message = "no" });
        Assert.Equal(V1.JobState.Running, _job.Snapshot(0).State);
    }

    [Fact]
    public void A_worker_that_refuses_a_job_for_a_reason_of_its_own_is_killed()
    {
        _scheduler.Refused(_worker, new JobRefused { Job = _job.Number, Reason = "NO_MOOD", Message = "no" });
        Assert.Single(_worker.Kills);
        Assert.Equal(V1.JobState.Running, _job.Snapshot(0).State);
    }

    [Fact]
    public void A_job_that_is_refused_fails_and_what_its_workers_hand_back_is_not_run()
    {
        _scheduler.Refused(_worker, new JobRefused { Job = _job.Number, Reason = ErrorReasons.InitializerFailed, Message = "no" });
        _scheduler.Results(_worker, [new ChunkResults { Lease = _worker.Chunks[0].Lease, Returned = 2 }]);
        Turn();
        Assert.Equal(ErrorReasons.InitializerFailed, _job.Snapshot(0).Failure!.Reason);
        Assert.Equal([_job.Number], _other.Cancelled);
        Assert.Single(_worker.Chunks);
    }

    [Fact]
    public void Deaths_over_what_comes_before_the_first_item_charge_the_job_and_no_item()
    {
        _scheduler.WorkerLost(_worker, Died, [new RunningItem(_worker.Chunks[0].Lease, RunningItem.SetupIndex)]);
        Turn();
        Assert.Equal((V1.JobState.Running, 0), (_job.Snapshot(0).State, _job.Snapshot(0).Ledger.Failed));

        // The second is as many as there may be.
        _scheduler.WorkerLost(_other, Died, [new RunningItem(_other.Chunks[0].Lease, RunningItem.SetupIndex)]);
        Turn();
        Assert.Contains("(2 times)", _job.Snapshot(0).Failure!.Message, StringComparison.Ordinal);
    }

    private static readonly DeathCertificate Died = new(1, 7, null, []);

    private static ChunkResults Answer(FakeWorker worker, int items) => new()
    {
        Lease = worker.Chunks[^1].Lease,
        Values = Runs.OfSizes([.. Enumerable.Repeat(1, items)]).ToMessage(),
    };

    private void Turn()
    {
        do
        {
            while (_posted.TryDequeue(out var action))
            {
                action();
            }

            _scheduler.Dispatch();
        }
        while (_posted.Count > 0);
    }
}
