using System.Reflection;
using Microsoft.Extensions.Logging;
using WorkerPool.Processes.Programs;

namespace WorkerPool.InProcess;

/// <summary>How a pool of threads is made.</summary>
public sealed record InProcessPoolOptions
{
    /// <summary>Workers, each a thread that runs items: a number from 1 to 1024, "cpus" (default; a container's limit counts) or "cpus-1".</summary>
    public string Workers { get; init; } = "cpus";

    /// <summary>
    /// Paths of function libraries to load beside the built-in functions. Default: none. A library is loaded once a pool,
    /// with static state of its own that all workers of the pool share, and stays loaded to the end of the process.
    /// </summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>
    /// Assemblies whose functions are to be had beside the built-in functions, such as the caller's own. Default: none. They
    /// are used where they are loaded: functions see the same static state as the rest of the program.
    /// </summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>
    /// Programs as functions, by the names of the functions. Default: none. They are processes also here, and write their stderr
    /// to the caller's.
    /// </summary>
    public IReadOnlyDictionary<string, ProgramOptions> Programs { get; init; } = new Dictionary<string, ProgramOptions>(StringComparer.Ordinal);

    /// <summary>Name of a function that each worker runs before anything else, and so does each that takes the place of one.
    /// If it throws, the pool does not start. Default: <c>null</c>, none.</summary>
    public string? Initializer { get; init; }

    /// <summary>Arguments of <see cref="Initializer"/>: an array (by position) or an object (by name). Default: <c>null</c>, none.</summary>
    public object? InitializerArguments { get; init; }

    /// <summary>Has the pool serve a dashboard, on a free port of 127.0.0.1, and takes its address once it is there. Whoever has the whole
    /// address, which ends with a key, may do everything with the pool. Default: there is no dashboard.</summary>
    public Action<Uri>? OnDashboard { get; init; }

    /// <summary>Takes the pool's logs. Default: nobody does.</summary>
    public ILoggerFactory? Logs { get; init; }
}
