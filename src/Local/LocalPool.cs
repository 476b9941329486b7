using WorkerPool.Client;
using WorkerPool.Client.Methods;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Local;

/// <summary>
/// A pool with no service to start: the Supervisor runs in the caller's process, the workers are its children.
/// Disposing the pool leaves no process, socket or file.
/// </summary>
public static class LocalPool
{
    /// <summary>Starts a pool and waits until its first worker is ready.</summary>
    /// <param name="options">How it is made. Default: as many workers as CPUs, the built-in functions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every fault.</exception>
    /// <exception cref="PoolUnavailableException">Its workers cannot start, such as for a function library that
    /// cannot be loaded; <see cref="WorkerPoolException.Reason"/> and the message say why.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static Task<Pool> StartAsync(LocalPoolOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalPoolOptions();
        var pool = new Supervisor.Configuration.PoolOptions
        {
            Workers = options.Workers,
            Functions = [.. options.Functions],
            Programs = options.Programs.ToDictionary(),
            Initializer = options.Initializer ?? "",
            InitializerArguments = EmbeddedPool.ArgumentsOf(options.InitializerArguments),
            Spares = options.Spares,
            Concurrency = options.Concurrency,
            RecycleAfterItems = options.RecycleAfterItems,
            RecycleAfter = options.RecycleAfter,
            MemoryLimit = options.MemoryLimit,
            MaxCrashes = options.MaxCrashes,
        };
        var output = options.OnWorkerOutput ?? (static _ => { });
        return EmbeddedPool.StartAsync(
            pool,
            (directory, time) => new LocalLauncher(directory, pool, output, time),
            new MethodsByAssembly(),
            options.Logs,
            options.OnDashboard,
            hasProcesses: true,
            cancellationToken);
    }
}
