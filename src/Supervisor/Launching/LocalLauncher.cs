using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Launches workers as children of this process, on Unix sockets in the pool's private directory.</summary>
public sealed class LocalLauncher : IWorkerLauncher
{
    private const string ProgramName = "WorkerPool.WorkerHost.dll";
    private readonly PoolOptions _options;
    private readonly Action<WorkerOutputLine> _output;
    private readonly TimeProvider _time;
    private readonly PrivateDirectory _directory = PrivateDirectory.Create();

    /// <summary>A launcher with a private directory of its own.</summary>
    /// <param name="options">What to launch.</param>
    /// <param name="output">Takes what user code prints.</param>
    /// <param name="time">Measures timeouts.</param>
    /// <exception cref="IOException">The private directory cannot be made.</exception>
    public LocalLauncher(PoolOptions options, Action<WorkerOutputLine> output, TimeProvider time)
    {
        _options = options;
        _output = output;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(WorkerIdentity identity, CancellationToken cancellation)
    {
        var file = $"{identity.Slot}-{identity.Incarnation}";
        var launch = new WorkerLaunch(
            identity.Name,
            Path.Combine(AppContext.BaseDirectory, ProgramName),
            [.. _options.Functions.Select(Path.GetFullPath)],
            _directory.File($"{file}.sock"),
            _directory.File($"{file}.rec"),
            _directory.TemporaryFiles,
            _options.StartTimeout);
        return new LocalWorker(await WorkerProcess.StartAsync(launch, _output, _time, cancellation));
    }

    /// <summary>Removes the private directory. Its workers must have ended.</summary>
    public void Dispose() => _directory.Dispose();

    private sealed class LocalWorker(WorkerProcess process) : ILaunchedWorker
    {
        public int ProcessId => process.ProcessId;

        public Task<DeathCertificate> Death => process.Death;

        public RunningItem? Running => process.Running;

        public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(process.SocketPath);

        public void Kill(string reason) => process.Kill(reason);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
