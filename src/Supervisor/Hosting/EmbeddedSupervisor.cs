using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// A Supervisor inside another program, which alone can call it: it listens nowhere, but for its dashboard. It leaves the
/// program's console, signals and logs alone.
/// </summary>
public sealed class EmbeddedSupervisor : IAsyncDisposable
{
    private readonly PrivateDirectory _directory;
    private readonly Pool _pool;
    private readonly RequestRates _rates = new();
    private readonly LocalServices _services;
    private readonly LocalCalls _calls;
    private EmbeddedDashboard? _dashboard;

    private EmbeddedSupervisor(PrivateDirectory directory, Pool pool, TimeProvider time, ILoggerFactory logs)
    {
        _directory = directory;
        _pool = pool;
        _services = LocalServices.Of(pool, _rates, time, logs);
        _calls = new LocalCalls(_services, () => Caller.Anyone, peer: "this process");
    }

    /// <summary>Address of its dashboard, with the key that opens it; <c>null</c>: it has none.</summary>
    public Uri? DashboardAddress => _dashboard?.Address;

    /// <summary>Makes calls of its API, for which messages are handed over as they are: nobody changes one that was sent.</summary>
    public CallInvoker Calls => _calls;

    /// <summary>Starts one and waits until it can run functions.</summary>
    /// <param name="options">How its pool is made.</param>
    /// <param name="launcher">Where its workers come from, given its directory and its clock.</param>
    /// <param name="logs">Takes its logs; <c>null</c>: nobody does.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="hasDashboard">Whether it serves a dashboard, on any free port of loopback, to those who know its key. Default: no.</param>
    /// <exception cref="OptionsValidationException">The options are not valid; the message names every fault.</exception>
    /// <exception cref="WorkerStartException">Its workers cannot start.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static async Task<EmbeddedSupervisor> StartAsync(
        PoolOptions options, Func<PrivateDirectory, TimeProvider, IWorkerLauncher> launcher, ILoggerFactory? logs, CancellationToken cancellation, bool hasDashboard = false)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("A local pool runs on Linux only. Connect to a Supervisor that runs there instead.");
        }

        if (new PoolOptionsValidator().Validate(null, options) is { Failed: true, Failures: var failures })
        {
            throw new OptionsValidationException(PoolOptions.Section, typeof(PoolOptions), failures);
        }

        var time = TimeProvider.System;
        logs ??= NullLoggerFactory.Instance;
        var directory = PrivateDirectory.Create();
        Pool pool;
        try
        {
            // Before all else, which is made while its workers start.
            pool = new Pool(options, launcher(directory, time), time, logs, isEmbedded: true);
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }

        var supervisor = new EmbeddedSupervisor(directory, pool, time, logs);
        try
        {
            if (hasDashboard)
            {
                supervisor._dashboard = await EmbeddedDashboard.StartAsync(supervisor._services, time, logs, cancellation);
            }

            await pool.Availability.CatalogueAsync(cancellation);
            return supervisor;
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it and its workers at once; leaves no process, socket or file.</summary>
    public async ValueTask DisposeAsync()
    {
        // The jobs first: they end with a reason.
        await _pool.EndJobsAsync();
        _pool.Events.Close();
        await _calls.EndAsync();
        if (_dashboard is { } dashboard)
        {
            await dashboard.DisposeAsync();
        }

        await _pool.DisposeAsync();
        _rates.Dispose();
        await _directory.DisposeAsync();
    }
}
