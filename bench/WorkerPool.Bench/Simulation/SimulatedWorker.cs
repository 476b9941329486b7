using WorkerPool.Processes;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Bench.Simulation;

/// <summary>A worker that is no more than a session with <see cref="SimulatedWorkerApi"/>.</summary>
/// <param name="socket">Path of the socket that that listens on.</param>
internal sealed class SimulatedWorker(string socket) : ILaunchedWorker
{
    private readonly TaskCompletionSource<DeathCertificate> _death = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public int ProcessId => Environment.ProcessId;

    /// <inheritdoc/>
    public Task<DeathCertificate> Death => _death.Task;

    /// <inheritdoc/>
    public IReadOnlyList<RunningItem> Running => [];

    /// <inheritdoc/>
    public long? MemoryBytes => null;

    /// <inheritdoc/>
    public long? RecycleAboveMemory => null;

    /// <inheritdoc/>
    public Task Leaving { get; } = new TaskCompletionSource().Task;

    /// <inheritdoc/>
    public ProcessUsage ReadUsage() => default;

    /// <inheritdoc/>
    public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(socket);

    /// <inheritdoc/>
    public void Kill(string reason) => _death.TrySetResult(new DeathCertificate(ProcessId, null, reason, []));

    /// <inheritdoc/>
    public Task KillWithStackAsync(string reason, ulong lease)
    {
        Kill(reason);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Adopt(WorkerIdentity identity)
    {
        // Nothing of it has a name.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill("the pool let go of it");
        return ValueTask.CompletedTask;
    }
}
