using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Explaining;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>The one pool of a Supervisor: its parts put together, started and stopped in order.</summary>
internal sealed class Pool : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    private readonly PoolOptions _options;
    private readonly Dispatcher _dispatcher;
    private readonly WorkerSlots _slots;
    private readonly SpareWorkers _spares;
    private readonly PoolMetrics _metrics;
    private readonly IWorkerLauncher _launcher;
    private readonly IPlacedLauncher? _places;
    private readonly TimeProvider _time;
    private readonly long _startedAt;

    /// <summary>Starts a pool: its workers are launched at once, none is waited for.</summary>
    /// <param name="options">How it is made; valid.</param>
    /// <param name="launcher">Where its workers come from.</param>
    /// <param name="time">The clock of everything in it.</param>
    /// <param name="logs">Takes its logs.</param>
    /// <param name="isEmbedded">Whether it is in the process of its callers, and for them alone.</param>
    public Pool(PoolOptions options, IWorkerLauncher launcher, TimeProvider time, ILoggerFactory logs, bool isEmbedded)
    {
        TakesMethods = isEmbedded;
        _options = options;
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var slotCount);
        _launcher = launcher;
        _places = launcher as IPlacedLauncher;
        slotCount = _places is null ? slotCount : SlotsIn(_places);
        Availability = new Availability(new RestartIntensity(options.MaxRestarts, options.RestartPeriod), time);
        _metrics = new PoolMetrics(time);
        var measurements = new PoolMeasurements(_metrics);
        _dispatcher = new Dispatcher(options, time, logs.CreateLogger<OwnerLoop>(), measurements);
        Events = new EventLog(time);
        Jobs = new JobRegistry(_dispatcher, Availability, options, Events, measurements, time);
        _spares = new SpareWorkers(options.Spares, launcher, Availability, time, logs.CreateLogger<WorkerSlot>());
        _slots = new WorkerSlots(
            slotCount,
            new SlotContext(
                launcher, _spares, _dispatcher, Availability, options, Events, measurements, time, logs.CreateLogger<WorkerSlot>(),
                FirstStarts: _places is null ? Math.Max(1, Environment.ProcessorCount - 1) : int.MaxValue));
        var gauges = new GaugePublisher(Jobs.Gauges, _dispatcher.Loop.PostLater);
        _dispatcher.AfterBurst = gauges.AfterBurst;
        _metrics.Observe(() => gauges.Latest, _slots.Snapshots);
        Details = new FunctionDetails(_slots.Launched, time);
        if (_places is { } places)
        {
            places.PlacesChanged = () => _slots.Resize(SlotsIn(places), options.DrainGrace);
            places.PlacesChanged();
        }

        _time = time;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>How it is made.</summary>
    public PoolOptions Options => _options;

    /// <summary>Its jobs.</summary>
    public JobRegistry Jobs { get; }

    /// <summary>Whether it takes jobs, and its functions.</summary>
    public Availability Availability { get; }

    /// <summary>All that is known of its functions.</summary>
    public FunctionDetails Details { get; }

    /// <summary>Whether it runs methods of its callers' program: of the process that it is in.</summary>
    public bool TakesMethods { get; }

    /// <summary>What happened to it.</summary>
    public EventLog Events { get; }

    /// <summary>How many slots it has.</summary>
    public int SlotCount => _slots.Count;

    /// <summary>Completes when its owner loop has come round. It fails after the pool's end.</summary>
    public Task TurnAsync() => _dispatcher.Loop.AskAsync(() => true);

    /// <summary>The pool and its workers as they are now.</summary>
    public Task<PoolSnapshot> SnapshotAsync()
    {
        var slots = _slots.Snapshots();
        return _dispatcher.Loop.AskAsync(() => Snapshot(slots));
    }

    /// <summary>A job and all that may explain where it is; <c>null</c> when there is none of that id.</summary>
    /// <param name="id">The job's id.</param>
    public Task<JobScene?> SceneAsync(string id)
    {
        var slots = _slots.Snapshots();
        return _dispatcher.Loop.AskAsync(() => Jobs.Find(id) is { } job
            ? JobScene.Of(job, Jobs.StandingOf(id), Snapshot(slots), Jobs.RefusalOf(job.Spec.Account), _time)
            : null);
    }

    /// <summary>The items that run now with the workers that run them, by the numbers of their jobs.</summary>
    public Task<ILookup<ulong, (WorkerSnapshot Worker, ItemSnapshot Item)>> RunningAsync()
    {
        var slots = _slots.Snapshots();
        return _dispatcher.Loop.AskAsync(() => slots
            .Select(slot => WorkerSnapshot.Of(slot, _dispatcher.Scheduler))
            .SelectMany(worker => worker.Items.Where(item => !item.Running.IsSetup).Select(item => (Worker: worker, Item: item)))
            .ToLookup(running => running.Item.JobNumber));
    }

    /// <summary>How the workers of a slot ended, the last first.</summary>
    /// <param name="slot">Number of the slot.</param>
    public IReadOnlyList<EndedWorker> EndsOf(int slot) => _slots.EndsOf(slot);

    /// <summary>What user code printed last in a slot, the oldest first.</summary>
    /// <param name="slot">Number of the slot.</param>
    public IReadOnlyList<PrintedLine> LastOutputOf(int slot) => _launcher.LastOutput(new WorkerIdentity(slot, 0).Name);

    /// <summary>Whether its number of workers is its own to change: not where they are in the places of keepers.</summary>
    public bool IsResizable => _places is null;

    /// <summary>Changes the number of workers: more start at once, fewer finish their items first.</summary>
    /// <param name="count">How many. Range: 1 and up.</param>
    public void Resize(int count)
    {
        Events.Add(EventKind.PoolResized, $"The pool is to have {count} workers; it had {SlotCount}.");
        _slots.Resize(count, _options.DrainGrace);
    }

    /// <summary>Replaces a worker after its item.</summary>
    /// <param name="slot">Number of its slot.</param>
    /// <returns>Whether there is such a worker.</returns>
    public bool Recycle(int slot) => _slots.Recycle(slot, _options.DrainGrace);

    /// <summary>Replaces all workers, one after the other, each after its item.</summary>
    public Task<Recycling> RecycleAllAsync() => _slots.RecycleAllAsync(_options.DrainGrace);

    /// <summary>Takes no more jobs and lets those that are open end, within a grace.</summary>
    /// <param name="grace">The grace; <c>null</c> for that of the options.</param>
    /// <param name="cancellation">Ends them at once.</param>
    public Task DrainAsync(TimeSpan? grace, CancellationToken cancellation) => Jobs.DrainAsync(grace ?? _options.DrainGrace, cancellation);

    /// <summary>Takes no more jobs and ends those that are open.</summary>
    public Task EndJobsAsync() => Jobs.DrainAsync(TimeSpan.Zero, CancellationToken.None);

    // On the owner loop.
    private PoolSnapshot Snapshot(IReadOnlyList<SlotSnapshot> slots) => new(
        Availability.IsKnown,
        Jobs.IsDraining,
        Availability.Failure,
        SlotCount,
        [.. slots.Select(slot => WorkerSnapshot.Of(slot, _dispatcher.Scheduler, _metrics.Times))],
        _spares.ReadyCount,
        Jobs.ListOpen(),
        _dispatcher.Scheduler.AnsweredItems,
        _time.GetElapsedTime(_startedAt))
    {
        DrainLeft = Jobs.DrainLeft,
        ItemTimes = _metrics.Functions.ReadAll(),
        WorkerTimes = _metrics.Times.Read(),
        Functions =
        [
            .. _metrics.Functions.All
                .Select(totals => new FunctionSnapshot(totals.Function, totals.Succeeded, totals.Failed, totals.Times.Read(withBuckets: true)))
                .OrderBy(function => function.Name, StringComparer.Ordinal),
        ],
        MaxOpenJobs = _options.MaxOpenJobs,
    };

    // One at least: it waits for a place, and says what it waits for.
    private int SlotsIn(IPlacedLauncher places) => Math.Max(1, places.Places - _options.Spares);

    /// <summary>Ends what is open and every worker; leaves no process, socket or file.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndJobsAsync();
        if (_places is { } places)
        {
            places.PlacesChanged = () => { };
        }

        await _slots.StopAsync(StopGrace);
        await _spares.DisposeAsync();
        if (_places is IAsyncDisposable launcher)
        {
            await launcher.DisposeAsync();
        }

        await _dispatcher.DisposeAsync();
        _metrics.Dispose();
    }
}
