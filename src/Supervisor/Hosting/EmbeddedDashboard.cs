using System.Net;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dashboard;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>The dashboard of a Supervisor inside another program: on a free port of loopback, for those who know its key.</summary>
internal sealed class EmbeddedDashboard : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _key;
    private readonly TaskCompletionSource _drained;

    private EmbeddedDashboard(WebApplication app, string key, TaskCompletionSource drained)
    {
        _app = app;
        _key = key;
        _drained = drained;
    }

    /// <summary>Its address, with the key that opens it.</summary>
    public Uri Address => new($"{_app.Urls.Single()}{DashboardPort.Path}/?key={_key}");

    /// <summary>Serves one.</summary>
    /// <param name="services">The Supervisor's API.</param>
    /// <param name="time">The clock of sessions.</param>
    /// <param name="logs">Takes its logs. They are not disposed of here.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<EmbeddedDashboard> StartAsync(LocalServices services, TimeProvider time, ILoggerFactory logs, CancellationToken cancellation)
    {
        // A port of loopback is open to every user of the machine, and the pool is to be its user's alone.
        var key = ApiToken.New();
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            DashboardPort.Listen(kestrel, new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0)));
        });
        builder.Services.AddSingleton<IHostLifetime, NoConsole>();
        builder.Services.AddSingleton<ILoggerFactory>(new BorrowedLogs(logs));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(services);
        builder.Services.AddSingleton(SupervisorSecurity.Open());
        builder.Services.AddSingleton<Authentication>();
        DashboardPort.AddServices(builder.Services, new DashboardAccess(key), _ => drained.Task);
        var app = builder.Build();
        DashboardPort.MapAlone(app);
        try
        {
            await app.StartAsync(cancellation);
            return new EmbeddedDashboard(app, key, drained);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it. Browsers hold their connections open, and are not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        _drained.TrySetResult();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
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
