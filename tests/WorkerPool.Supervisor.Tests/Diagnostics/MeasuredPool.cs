using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Tests.Dispatch;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

/// <summary>A scheduler that is turned by hand, with one worker, measured.</summary>
internal sealed class MeasuredPool : IJobHost, IDisposable
{
    private readonly Queue<Action> _posted = [];
    private readonly PoolMeasurements _measurements;
    private readonly Scheduler _scheduler;
    private ulong _lastJob;

    public MeasuredPool()
    {
        Metrics = new PoolMetrics(Time);
        Readings = new Readings(Metrics);
        _measurements = new PoolMeasurements(Metrics);
        _scheduler = new Scheduler(
            new RerunPolicy(3, TimeSpan.Zero, Time), TimeSpan.FromSeconds(2), _posted.Enqueue, (_, _) => { }, Time, _measurements);
        _scheduler.WorkerReady(Worker);
    }

    public FakeTimeProvider Time { get; } = new();

    public PoolMetrics Metrics { get; }

    public Readings Readings { get; }

    public FakeWorker Worker { get; } = new();

    public int RunnerCount => _scheduler.RunnerCount;

    public Job Open(JobSpec spec)
    {
        var job = new Job(++_lastJob, spec, new JobLimits(100, 1000, 100), this, Time, _measurements);
        _measurements.JobOpened(job);
        _scheduler.Add(job);
        return job;
    }

    public static JobSpec Spec(string function = "f", int chunkSize = 2, int maxRetries = 0) =>
        new(new WorkOrder(function, Encoding.Json, Encoding.Json, null, maxRetries, chunkSize));

    /// <summary>Runs what was posted and gives out work.</summary>
    public void Turn()
    {
        while (_posted.TryDequeue(out var action))
        {
            action();
        }

        _scheduler.Dispatch();
    }

    /// <summary>The worker answers items of the chunk it was sent last.</summary>
    public void Answer(int count, TimeSpan busy, uint returned = 0, params ItemError[] errors) => _scheduler.Results(
        Worker,
        [
            new ChunkResults
            {
                Lease = Worker.Chunks[^1].Lease,
                Values = Runs.OfSizes([.. Enumerable.Repeat(3, count)]).ToMessage(),
                BusyNanoseconds = (ulong)busy.TotalNanoseconds,
                Returned = returned,
                Errors = { errors },
            },
        ]);

    public void LoseWorker() => _scheduler.WorkerLost(Worker, new DeathCertificate(1, 137, null, []), []);

    public void Resume(WorkChunk item, SpentTries spent) => _scheduler.Resume(item, spent);

    public void Wake(Job job) => _scheduler.Wake(job);

    public void Remove(Job job) => _scheduler.Remove(job);

    public void Ended(Job job) => _measurements.JobEnded(job, job.Snapshot(0));

    public void Dispose()
    {
        Readings.Dispose();
        Metrics.Dispose();
    }
}
