using System.Runtime.CompilerServices;
using WorkerPool.Dashboard;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>
/// Holds the dashboard, which is made for its first request: until then none of its libraries is loaded. That is why no field
/// here is of a type of theirs.
/// </summary>
/// <param name="services">The application's services.</param>
/// <param name="access">How it is served.</param>
/// <param name="drained">Completes when the pool is drained.</param>
internal sealed class DashboardSiteHolder(IServiceProvider services, DashboardAccess access, Task drained) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private IAsyncDisposable? _site;
    private RequestDelegate? _serve;

    /// <summary>Serves a request.</summary>
    /// <param name="context">The request.</param>
    public Task ServeAsync(HttpContext context)
    {
        if (!context.Request.Path.HasValue)
        {
            // Addresses in its pages are relative to a directory.
            context.Response.Redirect($"{context.Request.PathBase}/{context.Request.QueryString}");
            return Task.CompletedTask;
        }

        return Site()(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_site is { } site)
        {
            await site.DisposeAsync();
        }
    }

    private RequestDelegate Site()
    {
        lock (_lock)
        {
            return _serve ??= Create();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RequestDelegate Create()
    {
        var site = DashboardSite.Create(
            ActivatorUtilities.CreateInstance<DashboardHost>(services, access),
            services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<TimeProvider>(),
            _stopping.Token);
        _site = site;

        // Browsers hold their connections open, and nobody is to wait for them.
        _ = drained.ContinueWith(_ => _stopping.Cancel(), TaskScheduler.Default);
        return site.InvokeAsync;
    }
}
