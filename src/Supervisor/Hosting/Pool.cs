using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>The one pool of a Supervisor: its parts put together, started and stopped in order.</summary>
internal sealed class Pool : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);
    private readonly PoolOptions _options;
    private readonly IWorkerLauncher _launcher;
    private readonly Dispatcher _dispatcher;
    private readonly WorkerSlots _slots;

    /// <summary>Starts a pool: its workers are launched at once, none is waited for.</summary>
    /// <param name="options">How it is made; valid.</param>
    /// <param name="launcher">Where its workers come from. The pool disposes of it.</param>
    /// <param name="time">The clock of everything in it.</param>
    /// <param name="logs">Takes its logs.</param>
    public Pool(PoolOptions options, IWorkerLauncher launcher, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var slotCount);
        Availability = new Availability(new RestartIntensity(options.MaxRestarts, options.RestartPeriod), time);
        _launcher = launcher;
        _dispatcher = new Dispatcher(options, time, logs.CreateLogger<OwnerLoop>());
        Jobs = new JobRegistry(_dispatcher, Availability, options, time, slotCount);
        _slots = new WorkerSlots(slotCount, _launcher, _dispatcher, Availability, options, time, logs.CreateLogger<WorkerSlot>());
    }

    /// <summary>How it is made.</summary>
    public PoolOptions Options => _options;

    /// <summary>Its jobs.</summary>
    public JobRegistry Jobs { get; }

    /// <summary>Whether it takes jobs, and its functions.</summary>
    public Availability Availability { get; }

    /// <summary>How many slots it has.</summary>
    public int SlotCount => _slots.Count;

    /// <summary>Takes no more jobs and lets those that are open end, within the drain grace.</summary>
    /// <param name="cancellation">Ends them at once.</param>
    public Task DrainAsync(CancellationToken cancellation) => Jobs.DrainAsync(_options.DrainGrace, cancellation);

    /// <summary>Takes no more jobs and ends those that are open.</summary>
    public Task EndJobsAsync() => Jobs.DrainAsync(TimeSpan.Zero, CancellationToken.None);

    /// <summary>Ends what is open and every worker; leaves no process, socket or file.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndJobsAsync();
        await _slots.StopAsync(StopGrace);
        await _dispatcher.DisposeAsync();
        _launcher.Dispose();
    }
}
