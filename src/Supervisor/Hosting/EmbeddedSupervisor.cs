using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dashboard;
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
    private readonly WebApplication _app;

    private readonly LocalCalls _calls;
    private readonly string? _dashboardKey;

    private EmbeddedSupervisor(PrivateDirectory directory, WebApplication app, string? dashboardKey)
    {
        _directory = directory;
        _app = app;
        _calls = new LocalCalls(app.Services.GetRequiredService<LocalServices>(), () => Caller.Anyone, peer: "this process");
        _dashboardKey = dashboardKey;
    }

    /// <summary>Address of its dashboard, with the key that opens it; <c>null</c>: it has none.</summary>
    public Uri? DashboardAddress => _dashboardKey is null
        ? null
        : new Uri($"{_app.Urls.Single()}{DashboardPort.Path}/?key={_dashboardKey}");

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

        var directory = PrivateDirectory.Create();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, NoConsole>();
        builder.Services.AddSingleton<ILoggerFactory>(logs is null ? NullLoggerFactory.Instance : new BorrowedLogs(logs));
        builder.Services.AddRouting();

        // A port of loopback is open to every user of the machine, and the pool is to be its user's alone.
        var key = hasDashboard ? ApiToken.New() : null;
        var supervisor = new EmbeddedSupervisor(
            directory,
            SupervisorHost.Build(
                builder,
                address: null,
                options,
                directory,
                SupervisorSecurity.Open(),
                key is null ? null : new DashboardAccess(new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0)), key),
                launcher,
                isEmbedded: true),
            key);
        try
        {
            await supervisor._app.StartAsync(cancellation);
            await supervisor._app.Services.GetRequiredService<Pool>().Availability.CatalogueAsync(cancellation);
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
        await _app.Services.GetRequiredService<Pool>().EndJobsAsync();
        await _calls.EndAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _directory.DisposeAsync();
    }

    // The program that embeds a Supervisor decides itself what Ctrl-C and SIGTERM do.
    private sealed class NoConsole : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // The application disposes of its services; the logs belong to the program.
    private sealed class BorrowedLogs(ILoggerFactory logs) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

        public ILogger CreateLogger(string categoryName) => logs.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
