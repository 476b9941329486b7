using WorkerPool.Processes;
using WorkerPool.Processes.Programs;
using WorkerPool.Supervisor.Configuration;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Launches workers as children of this process, on Unix sockets in the pool's private directory.</summary>
public sealed class LocalLauncher : IWorkerLauncher
{
    private const string ProgramName = "WorkerPool.WorkerHost.dll";
    private readonly PoolOptions _options;
    private readonly Action<WorkerOutputLine> _output;
    private readonly TimeProvider _time;
    private readonly Lazy<string?> _programs;
    private long _launches;
    private readonly PrivateDirectory _directory;
    private readonly WorkerMemory _memory;

    /// <summary>A launcher.</summary>
    /// <param name="directory">The pool's private directory.</param>
    /// <param name="options">What to launch.</param>
    /// <param name="output">Takes what user code prints.</param>
    /// <param name="time">Measures timeouts.</param>
    public LocalLauncher(PrivateDirectory directory, PoolOptions options, Action<WorkerOutputLine> output, TimeProvider time)
    {
        _directory = directory;
        _options = options;
        _output = output;
        _time = time;
        _programs = new(WritePrograms);
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var workers);
        _memory = WorkerMemory.Of(options.MemoryLimit, options.RecycleAboveMemory, workers + options.Spares, ControlGroup.Own.MemoryLimit);
    }

    /// <inheritdoc/>
    public async Task<ILaunchedWorker> LaunchAsync(string name, CancellationToken cancellation)
    {
        var file = Interlocked.Increment(ref _launches);
        var launch = new WorkerLaunch(
            name,
            Path.Combine(AppContext.BaseDirectory, ProgramName),
            [.. _options.Functions.Select(Path.GetFullPath)],
            _directory.File($"{file}.sock"),
            _directory.File($"{file}.rec"),
            _directory,
            _options.StartTimeout,
            _memory.Limit,
            _memory.HeapLimit,
            _programs.Value,
            _options.Concurrency);
        return new LocalWorker(await WorkerProcess.StartAsync(launch, _output, _time, cancellation), _options.StackCaptureLimit, _memory.RecycleAbove);
    }

    private string? WritePrograms()
    {
        if (_options.Programs.Count == 0)
        {
            return null;
        }

        var path = _directory.File("programs.json");
        ProgramsFile.Write(path, ProgramDeclaration.Read(_options.Programs, out _));
        return path;
    }

    private static readonly Task Never = new TaskCompletionSource().Task;

    private sealed class LocalWorker(WorkerProcess process, TimeSpan stackLimit, long? recycleAbove) : ILaunchedWorker
    {
        public int ProcessId => process.ProcessId;

        public Task<DeathCertificate> Death => process.Death;

        public IReadOnlyList<RunningItem> Running => process.Running;

        public long? MemoryBytes => process.MemoryBytes;

        public long? RecycleAboveMemory => recycleAbove;

        public Task Leaving => Never;

        public ProcessUsage ReadUsage() => ProcessUsage.Read(process.ProcessId);

        public HttpMessageHandler CreateHandler() => UnixSocketHandler.Create(process.SocketPath);

        public void Kill(string reason) => process.Kill(reason);

        public Task KillWithStackAsync(string reason, ulong lease) => process.KillWithStackAsync(reason, lease, stackLimit);

        public void Adopt(WorkerIdentity identity) => process.Rename(identity.Name);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
