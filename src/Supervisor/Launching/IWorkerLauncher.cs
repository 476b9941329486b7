using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Where workers come from.</summary>
public interface IWorkerLauncher
{
    /// <summary>Launches a worker and waits until it listens.</summary>
    /// <param name="name">Its name for people, until it is adopted.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation);

    /// <summary>What user code printed last under a worker's name, the oldest first. Default: that is not kept.</summary>
    /// <param name="worker">The worker's name.</param>
    IReadOnlyList<PrintedLine> LastOutput(string worker) => [];
}

/// <summary>Where workers come from that has a number of places of its own: a pool has as many slots as there are.</summary>
public interface IPlacedLauncher : IWorkerLauncher
{
    /// <summary>How many places there are. Range: 0 and up.</summary>
    int Places { get; }

    /// <summary>How many of them are free. Range: 0 and up.</summary>
    int FreePlaces { get; }

    /// <summary>Called when that may have changed. Default: nothing.</summary>
    Action PlacesChanged { get; set; }
}

/// <summary>A worker that listens.</summary>
public interface ILaunchedWorker : IAsyncDisposable
{
    /// <summary>Process id.</summary>
    int ProcessId { get; }

    /// <summary>Ends at the worker's death, after all that it sent could be read.</summary>
    Task<DeathCertificate> Death { get; }

    /// <summary>The items it is running, or was when it died.</summary>
    IReadOnlyList<RunningItem> Running { get; }

    /// <summary>Memory it holds, in bytes; <c>null</c> when that is not known.</summary>
    long? MemoryBytes { get; }

    /// <summary>Memory above which it is to be replaced, in bytes; <c>null</c>: none.</summary>
    long? RecycleAboveMemory { get; }

    /// <summary>Completes when the place that it is in goes: it is to finish its items, hand back the rest and end.</summary>
    Task Leaving { get; }

    /// <summary>Whether it is a process beside this one, on the same machine, so that both can map the same memory. Default: no.</summary>
    bool IsBeside => false;

    /// <summary>What its process uses, as far as is known; zero when it is not.</summary>
    ProcessUsage ReadUsage();

    /// <summary>Makes connections to it.</summary>
    HttpMessageHandler CreateHandler();

    /// <summary>Ends it at once.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    void Kill(string reason);

    /// <summary>Ends it, after a moment at the latest, and has its certificate say where an item was, if that can be had.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    /// <param name="lease">Lease of the item's chunk.</param>
    Task KillWithStackAsync(string reason, ulong lease);

    /// <summary>Gives it the name of the worker that it is from now on.</summary>
    /// <param name="identity">Who it is.</param>
    void Adopt(WorkerIdentity identity);
}

/// <summary>Who a worker is.</summary>
/// <param name="Slot">Number of its slot. Range: 1 and up.</param>
/// <param name="Incarnation">Which process in that slot it is. Range: 1 and up.</param>
public readonly record struct WorkerIdentity(int Slot, ulong Incarnation)
{
    /// <summary>Its name for people, such as "worker-2".</summary>
    public string Name => $"worker-{Slot}";

    /// <summary>Name and incarnation, for people.</summary>
    public override string ToString() => $"{Name} (incarnation {Incarnation})";
}
