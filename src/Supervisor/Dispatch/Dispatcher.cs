using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Workers;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>The scheduler on its owner loop: what happens to workers is posted to it.</summary>
internal sealed class Dispatcher : IWorkerObserver, IAsyncDisposable
{
    private static readonly TimeSpan FirstRerunDelay = TimeSpan.FromMilliseconds(20);
    private readonly Scheduler _scheduler;

    /// <summary>Starts the owner loop.</summary>
    /// <param name="options">How the pool is made.</param>
    /// <param name="time">Measures delays.</param>
    /// <param name="log">Takes note of faults.</param>
    /// <param name="measurements">Hears of chunks.</param>
    public Dispatcher(PoolOptions options, TimeProvider time, ILogger<OwnerLoop> log, IPoolMeasurements measurements)
    {
        Scheduler? scheduler = null;
        Loop = new OwnerLoop(time, log, () =>
        {
            scheduler?.Dispatch();
            AfterBurst?.Invoke();
        });
        scheduler = _scheduler = new Scheduler(
            new RerunPolicy(options.MaxCrashes, FirstRerunDelay, time),
            options.CancellationGrace,
            Loop.Post,
            Loop.PostLater,
            time,
            measurements,
            options.RecycleAfterItems,
            options.Concurrency);
    }

    /// <summary>The loop that owns everything here.</summary>
    public OwnerLoop Loop { get; }

    /// <summary>Called on the loop after each burst of events and the dispatch that follows it. Default: nothing.</summary>
    public Action? AfterBurst { get; set; }

    /// <summary>The scheduler, for use on the loop.</summary>
    public Scheduler Scheduler => _scheduler;

    /// <inheritdoc/>
    public void Ready(IWorker worker) => Loop.Post(() => _scheduler.WorkerReady(worker));

    /// <inheritdoc/>
    public void Results(IWorker worker, IReadOnlyList<ChunkResults> results) => Loop.RunOrPost(() => _scheduler.Results(worker, results));

    /// <inheritdoc/>
    public void Overdue(IWorker worker, ItemOverdue overdue) =>
        Loop.Post(() => _scheduler.Overdue(worker, overdue.Lease, overdue.Index));

    /// <inheritdoc/>
    public void Refused(IWorker worker, JobRefused refused) => Loop.Post(() => _scheduler.Refused(worker, refused));

    /// <inheritdoc/>
    public void Released(IWorker worker) => Loop.Post(() => _scheduler.WorkerReleased(worker));

    /// <inheritdoc/>
    public void Lost(IWorker worker, DeathCertificate certificate, IReadOnlyList<RunningItem> running) =>
        Loop.Post(() => _scheduler.WorkerLost(worker, certificate, running));

    /// <inheritdoc/>
    public void Broken(StartFailure failure) => FailAll(ErrorReasons.PoolBroken, Messages.Broken(failure));

    /// <summary>Ends every open job.</summary>
    /// <param name="reason">UPPER_SNAKE word for programs.</param>
    /// <param name="message">For a person.</param>
    public void FailAll(string reason, string message) => Loop.Post(() =>
    {
        foreach (var source in _scheduler.Sources.ToList())
        {
            source.Fail(reason, message);
        }
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Loop.DisposeAsync();
}
