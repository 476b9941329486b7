using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WorkerPool.Client;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Methods;
using WorkerPool.Local.Processes;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Local;

/// <summary>A pool with a Supervisor of its own in this process, whatever its workers are.</summary>
internal static class EmbeddedPool
{
    /// <summary>Arguments of an initializer as a pool's settings have them.</summary>
    /// <param name="arguments">An array, by position, or an object, by name; <c>null</c> for none.</param>
    /// <exception cref="ArgumentException">They are neither, or cannot be encoded.</exception>
    public static string ArgumentsOf(object? arguments) => ArgumentText.Of(arguments);

    /// <summary>Starts a pool and waits until its first worker is ready.</summary>
    /// <param name="options">How it is made.</param>
    /// <param name="launcher">Where its workers come from, given its directory and its clock.</param>
    /// <param name="methods">How its workers come by methods of the caller's program.</param>
    /// <param name="logs">Takes its logs; <c>null</c>: nobody does.</param>
    /// <param name="onDashboard">Takes the address of its dashboard; <c>null</c>: it is to have none.</param>
    /// <param name="hasProcesses">Whether it may have processes beside its workers, which the launcher launches.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names every fault.</exception>
    /// <exception cref="PoolUnavailableException">Its workers cannot start.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static async Task<Pool> StartAsync(
        Supervisor.Configuration.PoolOptions options,
        Func<PrivateDirectory, TimeProvider, IWorkerLauncher> launcher,
        ICallerMethods methods,
        ILoggerFactory? logs,
        Action<Uri>? onDashboard,
        bool hasProcesses,
        CancellationToken cancellation)
    {
        try
        {
            LocalProcesses? processes = null;
            var supervisor = await EmbeddedSupervisor.StartAsync(
                options,
                (directory, time) =>
                {
                    var launches = launcher(directory, time);
                    processes = hasProcesses ? new LocalProcesses(launches, options.MaxValueBytes, time) : null;
                    return launches;
                },
                logs,
                cancellation,
                onDashboard is not null).ConfigureAwait(false);
            onDashboard?.Invoke(supervisor.DashboardAddress!);
            return Pool.Attach(supervisor.Calls, methods, _ => EndAsync(processes, supervisor), processes);
        }
        catch (OptionsValidationException error)
        {
            throw new ArgumentException(error.Message, nameof(options), error);
        }
        catch (WorkerStartException error)
        {
            throw new PoolUnavailableException(error.Reason, error.Message, error);
        }
    }

    // The processes first: their files are in the Supervisor's directory.
    private static async ValueTask EndAsync(LocalProcesses? processes, EmbeddedSupervisor supervisor)
    {
        if (processes is not null)
        {
            await processes.DisposeAsync().ConfigureAwait(false);
        }

        await supervisor.DisposeAsync().ConfigureAwait(false);
    }
}
