using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Where workers come from. Disposed of when all its workers have ended.</summary>
public interface IWorkerLauncher : IDisposable
{
    /// <summary>Launches a worker and waits until it listens.</summary>
    /// <param name="identity">Who the worker is to be.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    Task<ILaunchedWorker> LaunchAsync(WorkerIdentity identity, CancellationToken cancellation);
}

/// <summary>A worker that listens.</summary>
public interface ILaunchedWorker : IAsyncDisposable
{
    /// <summary>Process id.</summary>
    int ProcessId { get; }

    /// <summary>Ends at the worker's death, after all that it sent could be read.</summary>
    Task<DeathCertificate> Death { get; }

    /// <summary>The item it is running, or was when it died, if any.</summary>
    RunningItem? Running { get; }

    /// <summary>Makes connections to it.</summary>
    HttpMessageHandler CreateHandler();

    /// <summary>Ends it at once.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    void Kill(string reason);
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
