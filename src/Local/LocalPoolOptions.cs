using Microsoft.Extensions.Logging;
using WorkerPool.Processes;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Local;

/// <summary>How a local pool is made.</summary>
public sealed record LocalPoolOptions
{
    /// <summary>Workers: a number from 1 to 1024, "cpus" (default; a container's limit counts) or "cpus-1".</summary>
    public string Workers { get; init; } = "cpus";

    /// <summary>Items that a worker runs at once, each on a thread of its own: for functions that mostly wait, and that several threads
    /// may call. Range: 1 to 256. Default: 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Paths of function libraries to load beside the built-in functions. Default: none.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Programs as functions, by the names of the functions. Default: none.</summary>
    public IReadOnlyDictionary<string, ProgramOptions> Programs { get; init; } = new Dictionary<string, ProgramOptions>(StringComparer.Ordinal);

    /// <summary>Name of a function that each worker runs before anything else, and so does each that takes the place of one.
    /// If it throws, the pool does not start. Default: <c>null</c>, none.</summary>
    public string? Initializer { get; init; }

    /// <summary>Arguments of <see cref="Initializer"/>: an array (by position) or an object (by name). Default: <c>null</c>, none.</summary>
    public object? InitializerArguments { get; init; }

    /// <summary>Workers that stand ready to take the place of one that dies or is replaced. Range: 0 to 64. Default: 0.</summary>
    public int Spares { get; init; }

    /// <summary>Items after which a worker is replaced, once its item is done: Python's maxtasksperchild. Range: 0 and up.
    /// Default: 0, never.</summary>
    public long RecycleAfterItems { get; init; }

    /// <summary>Age at which a worker is replaced, once its item is done. Range: zero and up. Default: zero, never.</summary>
    public TimeSpan RecycleAfter { get; init; }

    /// <summary>Memory of a worker, in bytes, above which it is killed; above nine tenths of it, it is replaced once its item
    /// is done. Range: 0 and up. Default: 0, its share of the container's limit; no limit where there is none.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>How often an item may be running when its worker dies, before it fails. Range: 1 to 100. Default: 3.</summary>
    public int MaxCrashes { get; init; } = 3;

    /// <summary>Takes the lines that functions print; called from several threads. Default: nobody does.</summary>
    public Action<WorkerOutputLine>? OnWorkerOutput { get; init; }

    /// <summary>Has the pool serve a dashboard, on a free port of 127.0.0.1, and takes its address once it is there. Whoever has the whole
    /// address, which ends with a key, may do everything with the pool. Default: there is no dashboard.</summary>
    public Action<Uri>? OnDashboard { get; init; }

    /// <summary>Takes the pool's logs. Default: nobody does.</summary>
    public ILoggerFactory? Logs { get; init; }
}
