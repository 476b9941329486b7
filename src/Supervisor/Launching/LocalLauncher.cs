using WorkerPool.Processes;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Launches workers as children of this process, on Unix sockets in the pool's private directory.</summary>
public sealed class LocalLauncher : IWorkerLauncher
{
    private readonly PoolOptions _options;
    private readonly Action<WorkerOutputLine> _output;
    private readonly WorkerLauncher _launcher;
    private readonly LastOutput _lastOutput;

    // Starting takes a second of a processor: were many workers started on few, all would take too long, and be started again.
    private readonly SemaphoreSlim _starts = new(2 * Environment.ProcessorCount);

    /// <summary>A launcher.</summary>
    /// <param name="directory">The pool's private directory.</param>
    /// <param name="options">What to launch.</param>
    /// <param name="output">Takes what user code prints.</param>
    /// <param name="time">Measures timeouts.</param>
    public LocalLauncher(PrivateDirectory directory, PoolOptions options, Action<WorkerOutputLine> output, TimeProvider time)
    {
        _options = options;
        _lastOutput = new LastOutput(time);
        _output = line =>
        {
            _lastOutput.Add(line);
            output(line);
        };
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var workers);
        var memory = WorkerMemory.Of(options.MemoryLimit, options.RecycleAboveMemory, workers + options.Spares, ControlGroup.Own.MemoryLimit);
        var runtime = WorkerRuntime.Of(workers, Environment.ProcessorCount);
        _launcher = new WorkerLauncher(directory, options.Functions, options.Programs, memory, runtime, time);
    }

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
    {
        await _starts.WaitAsync(cancellation);
        try
        {
            return new LocalWorker(
                await _launcher.LaunchAsync(name, _options.Concurrency, _options.StartTimeout, _output, cancellation),
                _options.StackCaptureLimit,
                _launcher.Memory.RecycleAbove);
        }
        finally
        {
            _starts.Release();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PrintedLine> LastOutput(string worker) => _lastOutput.Of(worker);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private sealed class LocalWorker(WorkerProcess process, TimeSpan stackLimit, long? recycleAbove) : ILaunchedWorker
    {
        public int ProcessId => process.ProcessId;

        public Task<DeathCertificate> Death => process.Death;

        public IReadOnlyList<RunningItem> Running => process.Running;

        public long? MemoryBytes => process.MemoryBytes;

        public long? RecycleAboveMemory => recycleAbove;

        public Task Leaving => Never;

        public bool IsBeside => true;

        public ProcessUsage ReadUsage() => ProcessUsage.Read(process.ProcessId);

        public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(process.SocketPath);

        public void Kill(string reason) => process.Kill(reason);

        public Task KillWithStackAsync(string reason, ulong lease) => process.KillWithStackAsync(reason, lease, stackLimit);

        public void Adopt(WorkerIdentity identity) => process.Rename(identity.Name);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
