using Microsoft.Extensions.Options;
using WorkerPool.Client;
using WorkerPool.Client.Connecting;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Hosting;

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
    public static async Task<Pool> StartAsync(LocalPoolOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalPoolOptions();
        var poolOptions = new Supervisor.Configuration.PoolOptions { Workers = options.Workers, Functions = [.. options.Functions] };
        try
        {
            var supervisor = await EmbeddedSupervisor.StartAsync(
                poolOptions, options.OnWorkerOutput ?? (static _ => { }), options.Logs, cancellationToken).ConfigureAwait(false);
            return Pool.Attach(PoolEndpoint.Unix(supervisor.SocketPath), _ => supervisor.DisposeAsync());
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
}
