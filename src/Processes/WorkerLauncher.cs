using WorkerPool.Processes.Programs;

namespace WorkerPool.Processes;

/// <summary>Launches the workers of one keeper: each as a child of this process, on a Unix socket in the keeper's private directory.</summary>
public sealed class WorkerLauncher
{
    private const string ProgramName = "WorkerPool.WorkerHost.dll";
    private const string ProgramsName = "programs.json";
    private readonly PrivateDirectory _directory;
    private readonly IReadOnlyList<string> _functions;
    private readonly TimeProvider _time;
    private readonly WorkerRuntime _runtime;
    private readonly Lazy<string?> _programs;
    private long _launches;

    /// <summary>A launcher; it launches nothing by itself.</summary>
    /// <param name="directory">The private directory.</param>
    /// <param name="functions">Paths of the function libraries.</param>
    /// <param name="programs">Programs as functions, by the names of the functions; sound.</param>
    /// <param name="memory">What a worker may hold.</param>
    /// <param name="runtime">How its runtime is set.</param>
    /// <param name="time">Measures timeouts.</param>
    public WorkerLauncher(
        PrivateDirectory directory,
        IEnumerable<string> functions,
        IEnumerable<KeyValuePair<string, ProgramOptions>> programs,
        WorkerMemory memory,
        WorkerRuntime runtime,
        TimeProvider time)
    {
        _directory = directory;
        _functions = [.. functions.Select(Path.GetFullPath)];
        _time = time;
        Memory = memory;
        _runtime = runtime;
        _programs = new(() => Write(programs));
    }

    /// <summary>What a worker may hold.</summary>
    public WorkerMemory Memory { get; }

    /// <summary>Launches one and waits until it listens.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="concurrency">Items that it runs at once.</param>
    /// <param name="startTimeout">How long it may take.</param>
    /// <param name="output">Takes what its code prints; called from several threads.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    public Task<WorkerProcess> LaunchAsync(
        string name, int concurrency, TimeSpan startTimeout, Action<WorkerOutputLine> output, CancellationToken cancellation)
    {
        var file = Interlocked.Increment(ref _launches);
        var launch = new WorkerLaunch(
            name,
            Path.Combine(AppContext.BaseDirectory, ProgramName),
            _functions,
            _directory.File($"{file}.sock"),
            _directory.File($"{file}.rec"),
            _directory,
            startTimeout,
            Memory.Limit,
            Memory.HeapLimit,
            _programs.Value,
            concurrency,
            _runtime);
        return WorkerProcess.StartAsync(launch, output, _time, cancellation);
    }

    private string? Write(IEnumerable<KeyValuePair<string, ProgramOptions>> programs)
    {
        var declared = ProgramDeclaration.Read(programs, out _);
        if (declared.Count == 0)
        {
            return null;
        }

        var path = _directory.File(ProgramsName);
        ProgramsFile.Write(path, declared);
        return path;
    }
}
