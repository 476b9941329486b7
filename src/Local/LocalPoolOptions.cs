using Microsoft.Extensions.Logging;
using WorkerPool.Processes;

namespace WorkerPool.Local;

/// <summary>How a local pool is made.</summary>
public sealed record LocalPoolOptions
{
    /// <summary>Workers: a number from 1 to 1024, "cpus" (default; a container's limit counts) or "cpus-1".</summary>
    public string Workers { get; init; } = "cpus";

    /// <summary>Paths of function libraries to load beside the built-in functions. Default: none.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Takes the lines that functions print; called from several threads. Default: nobody does.</summary>
    public Action<WorkerOutputLine>? OnWorkerOutput { get; init; }

    /// <summary>Takes the pool's logs. Default: nobody does.</summary>
    public ILoggerFactory? Logs { get; init; }
}
