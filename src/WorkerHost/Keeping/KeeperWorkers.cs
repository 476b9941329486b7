using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>What all workers of a keeper have in common, and their launch.</summary>
internal sealed class KeeperWorkers
{
    private const string ProgramName = "WorkerPool.WorkerHost.dll";
    private readonly KeeperOptions _options;
    private readonly PrivateDirectory _directory;
    private readonly TimeProvider _time;
    private readonly WorkerMemory _memory;
    private readonly string? _programsPath;
    private long _launches;

    /// <summary>Workers, none launched.</summary>
    /// <param name="options">How the keeper is made; valid.</param>
    /// <param name="directory">Its private directory.</param>
    /// <param name="time">Measures timeouts.</param>
    public KeeperWorkers(KeeperOptions options, PrivateDirectory directory, TimeProvider time)
    {
        _options = options;
        _directory = directory;
        _time = time;
        _ = WorkerCount.TryParse(options.Workers, Environment.ProcessorCount, out var places);
        Places = places;
        _memory = WorkerMemory.Of(options.MemoryLimit, options.RecycleAboveMemory, places, ControlGroup.Own.MemoryLimit);
        if (options.Programs.Count > 0)
        {
            _programsPath = directory.File("programs.json");
            ProgramsFile.Write(_programsPath, ProgramDeclaration.Read(options.Programs, out _));
        }
    }

    /// <summary>How many there is place for. Range: 1 and up.</summary>
    public int Places { get; }

    /// <summary>Memory above which one is to be replaced, in bytes; <c>null</c>: none.</summary>
    public long? RecycleAboveMemory => _memory.RecycleAbove;

    /// <summary>Launches one and waits until it listens.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="concurrency">Items that it runs at once.</param>
    /// <param name="startTimeout">How long it may take.</param>
    /// <param name="output">Takes what its code prints.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It cannot be started.</exception>
    public Task<WorkerProcess> LaunchAsync(
        string name, int concurrency, TimeSpan startTimeout, Action<WorkerOutputLine> output, CancellationToken cancellation)
    {
        var file = Interlocked.Increment(ref _launches);
        var launch = new WorkerLaunch(
            name,
            Path.Combine(AppContext.BaseDirectory, ProgramName),
            [.. _options.Functions.Select(Path.GetFullPath)],
            _directory.File($"{file}.sock"),
            _directory.File($"{file}.rec"),
            _directory,
            startTimeout,
            _memory.Limit,
            _memory.HeapLimit,
            _programsPath,
            concurrency);
        return WorkerProcess.StartAsync(launch, output, _time, cancellation);
    }
}
