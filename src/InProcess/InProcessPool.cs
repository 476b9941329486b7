using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.InProcess;

/// <summary>
/// A pool whose workers are threads of the caller's process: for breakpoints in functions, for unit tests of code that uses
/// a pool, and for work that needs no isolation. Items travel, are ordered, retried and accounted for as in every other pool.
/// </summary>
/// <remarks>
/// <para>
/// What needs processes it does not give. A function that ends the process or overflows the stack takes the caller with it.
/// Memory and static state are shared. What functions print goes where the caller's own output goes.
/// </para>
/// <para>
/// A thread cannot be killed. An item that runs over its timeout, or goes on after its job was cancelled, is asked to
/// cancel through its <see cref="CancellationToken"/>; if it does not yield within the grace (2 s) it is given up: it is
/// answered as in every pool, its worker is replaced, and its thread is left to itself until the item ends, if ever. It is
/// a background thread and does not keep the process from ending.
/// </para>
/// <para>
/// While a debugger holds the process no worker counts as silent; an item's timeout goes on, though.
/// </para>
/// <para>
/// Disposing the pool leaves no socket, no file, and no thread but those of items that do not yield.
/// </para>
/// </remarks>
public static class InProcessPool
{
    /// <summary>Starts a pool and waits until its first worker is ready.</summary>
    /// <param name="options">How it is made. Default: as many workers as CPUs, the built-in functions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every fault.</exception>
    /// <exception cref="PoolUnavailableException">Its functions cannot be used, such as those of a library that cannot be
    /// loaded; <see cref="WorkerPoolException.Reason"/> and the message say why.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static Task<Pool> StartAsync(InProcessPoolOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new InProcessPoolOptions();
        var pool = new Supervisor.Configuration.PoolOptions
        {
            Workers = options.Workers,
            Programs = options.Programs.ToDictionary(),
            Initializer = options.Initializer ?? "",
            InitializerArguments = EmbeddedPool.ArgumentsOf(options.InitializerArguments),

            // Workers here are silent only when the whole process is, as at a breakpoint. That is no reason to replace any.
            SilenceLimit = TimeSpan.MaxValue,
        };
        var methods = new DelegateTable();
        return EmbeddedPool.StartAsync(
            pool,
            (directory, _) => new InProcessLauncher(directory, options, methods),
            methods,
            options.Logs,
            options.OnDashboard,
            hasProcesses: false,
            cancellationToken);
    }
}
