using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Dispatch.Simulation;

/// <summary>
/// The real scheduler and real jobs between simulated clients and simulated workers, on an owner loop that is turned by
/// hand: what is posted waits in a queue, what is posted for later in a list.
/// </summary>
internal sealed class SimulatedPool : IJobHost
{
    private const int MostRounds = 20_000;

    private readonly Queue<Action> _posted = new();
    private readonly List<(TimeSpan Delay, Action Action)> _later = [];
    private readonly FakeTimeProvider _time = new();
    private readonly Scheduler _scheduler;
    private readonly List<SimulatedClient> _clients = [];
    private readonly SimulatedWorker[] _workers;
    private readonly List<SimulatedWorker> _lost = [];
    private readonly Decisions _decisions;

    public SimulatedPool(Scenario scenario)
    {
        _decisions = new Decisions(scenario.Decisions);
        _scheduler = new Scheduler(
            new RerunPolicy(scenario.MaxCrashes, TimeSpan.Zero, _time),
            TimeSpan.FromSeconds(2),
            _posted.Enqueue,
            (delay, action) => _later.Add((delay, action)),
            _time,
            recycleAfterItems: scenario.RecycleAfterItems,
            concurrency: scenario.Concurrency,
            mostQuickChunks: scenario.MostQuickChunks);
        RecycleAfterItems = scenario.RecycleAfterItems;
        Concurrency = scenario.Concurrency;
        _workers = [.. Enumerable.Range(1, scenario.WorkerCount).Select(slot => Start(new WorkerIdentity(slot, 1)))];
        foreach (var plan in scenario.Jobs)
        {
            Open(plan);
        }
    }

    public IReadOnlyList<SimulatedClient> Clients => _clients;

    public IReadOnlyList<SimulatedWorker> Workers => _workers;

    public Scheduler Scheduler => _scheduler;

    public int RunnerCount => _scheduler.RunnerCount;

    /// <summary>Items after which a worker is replaced; 0: never.</summary>
    public int RecycleAfterItems { get; }

    /// <summary>Chunks that a worker runs at once.</summary>
    public int Concurrency { get; }

    /// <summary>Deaths of workers that ran several items.</summary>
    public int SharedDeaths { get; set; }

    /// <summary>Items that workers handed back because they were asked to.</summary>
    public int ReclaimedCount { get; set; }

    /// <summary>Times that a job had items on as many workers as it may, and not on all.</summary>
    public int LimitedCount { get; set; }

    public SimulatedClient ClientOf(ulong job) => _clients[(int)job - 1];

    /// <summary>Workers that are alive and have items of a job.</summary>
    public int HolderCount(ulong job) => _workers.Count(worker => !worker.IsDead && worker.Held.Any(held => held.Message.Job == job));

    public bool IsSuspect(HeldChunk held) =>
        held.Indexes.Skip(held.Answered).Any(index => ClientOf(held.Message.Job).HistoryOf(index).IsSuspect);

    /// <summary>Opens a job.</summary>
    public SimulatedClient Open(JobPlan plan)
    {
        int? chunkSize = plan.ChunkSize == 0 ? null : plan.ChunkSize;
        var limits = new JobLimits(plan.WindowItems, plan.WindowBytes, SimulatedClient.MaxItemBytes).For(chunkSize, _workers.Length * Concurrency);
        var spec = new JobSpec(
            new WorkOrder(
                "f",
                Encoding.Raw,
                Encoding.Raw,
                TimeSpan.FromSeconds(1),
                plan.MaxRetries,
                ChunkSize: chunkSize,
                ResultsWait: chunkSize is null && plan.IsOrdered,
                MaxWorkers: plan.MaxWorkers == 0 ? null : plan.MaxWorkers,
                Weight: plan.Weight),
            plan.IsOrdered,
            plan.StopsOnError,
            ItemCount: plan.KnowsItemCount ? plan.Items.Length : null);
        var job = new Job((ulong)_clients.Count + 1, spec, limits, this, _time);
        var client = new SimulatedClient(plan, job, limits);
        _clients.Add(client);
        _scheduler.Add(job);
        return client;
    }

    /// <summary>Plays the scenario to its end.</summary>
    public void Play()
    {
        while (!_decisions.AreSpent)
        {
            Step();
        }

        Settle();
    }

    /// <summary>Lets everybody go on until nobody can.</summary>
    public void Settle()
    {
        var rounds = 0;
        bool isMoving;
        do
        {
            isMoving = _posted.Count > 0 || _later.Count > 0;
            Turn();
            FireAll();
            foreach (var client in _clients)
            {
                isMoving |= client.Send(3) | client.Take() | client.Acknowledge(2);
            }

            for (var i = 0; i < _workers.Length; i++)
            {
                isMoving |= _workers[i].IsDead ? Replace(i) : _workers[i].Run(2);
            }

            Turn();
            Assert.True(++rounds < MostRounds, "the pool never comes to rest");
        }
        while (isMoving);
    }

    public void Report(SimulatedWorker worker, IReadOnlyList<ChunkResults> results) =>
        _posted.Enqueue(() => _scheduler.Results(worker, results));

    public void ReportOverdue(SimulatedWorker worker, ulong lease, ulong index) =>
        _posted.Enqueue(() => _scheduler.Overdue(worker, lease, index));

    public void ReportDeath(SimulatedWorker worker, IReadOnlyList<RunningItem> running)
    {
        foreach (var job in worker.Held.Select(held => held.Message.Job).Distinct())
        {
            ClientOf(job).WorkersLost++;
        }

        _posted.Enqueue(() => _scheduler.WorkerLost(worker, new DeathCertificate(1, 137, null, ["last words"]), running));
    }

    /// <summary>Has a worker end after its item.</summary>
    public void Release(SimulatedWorker worker) => _posted.Enqueue(() => _scheduler.WorkerReleased(worker));

    public void Resume(WorkChunk item, SpentTries spent) => _scheduler.Resume(item, spent);

    public void Wake(Job job) => _scheduler.Wake(job);

    public void Remove(Job job) => _scheduler.Remove(job);

    public void Ended(Job job)
    {
    }

    /// <summary>Runs what was posted, then gives out work.</summary>
    public void Turn()
    {
        Drain();
        _scheduler.Dispatch();
        Assert.DoesNotContain(_workers, worker => worker.IsToBeFlushed);
        _lost.ForEach(worker => worker.CheckItems());
        Assert.All(_workers, worker => worker.CheckItems());
    }

    /// <summary>Does what was posted for later, as if its time had come.</summary>
    /// <param name="within">What is due after more than that waits on. Default: nothing does.</param>
    public void FireAll(TimeSpan? within = null)
    {
        // What was posted before comes first, as on the real loop.
        Drain();
        var due = _later.Where(posted => within is null || posted.Delay <= within).ToList();
        _later.RemoveAll(due.Contains);
        due.ForEach(posted => posted.Action());
    }

    private void Drain()
    {
        while (_posted.TryDequeue(out var action))
        {
            action();
        }
    }

    private SimulatedWorker Start(WorkerIdentity identity)
    {
        var worker = new SimulatedWorker(identity, this);
        _posted.Enqueue(() => _scheduler.WorkerReady(worker));
        return worker;
    }

    private bool Replace(int position)
    {
        var dead = _workers[position];
        if (!dead.IsDead)
        {
            return false;
        }

        dead.Haunt();
        _lost.Add(dead);
        _workers[position] = Start(dead.Identity with { Incarnation = dead.Identity.Incarnation + 1 });
        return true;
    }

    private void Step()
    {
        var client = _clients[_decisions.Next(_clients.Count)];
        var position = _decisions.Next(_workers.Length);
        var worker = _workers[position];
        var amount = 1 + _decisions.Next(6);
        _ = _decisions.Next(20) switch
        {
            0 or 1 or 2 => client.Send(amount),
            3 or 4 => client.Take(),
            5 or 6 => client.Acknowledge(amount),
            7 or 8 or 9 or 10 => worker.IsDead ? Replace(position) : worker.Run(amount),
            11 => worker.IsDead ? Replace(position) : worker.HandBack(),
            12 => worker.BeOverdue(),
            13 => worker.Die(Running.Item),
            14 => worker.Die(_decisions.Next(2) == 0 ? Running.Nothing : Running.AnsweredItem),
            15 => Fire(),
            16 => Cancel(client),
            17 => ReleaseNow(worker),
            _ => true,
        };
        if (_decisions.Next(3) > 0)
        {
            Turn();
        }

        bool Fire()
        {
            FireAll();
            return true;
        }

        bool ReleaseNow(SimulatedWorker which)
        {
            Release(which);
            return true;
        }

        bool Cancel(SimulatedClient which)
        {
            if (_decisions.Next(4) == 0)
            {
                which.Cancel();
            }

            return true;
        }
    }
}
