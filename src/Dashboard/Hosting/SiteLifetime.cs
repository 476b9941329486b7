using Microsoft.Extensions.Hosting;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>The life of the site, which is not that of the Supervisor's host: it goes on while the pool drains, so that one can watch that.</summary>
/// <param name="stopping">The site's connections are to end.</param>
internal sealed class SiteLifetime(CancellationToken stopping) : IHostApplicationLifetime
{
    /// <inheritdoc/>
    public CancellationToken ApplicationStarted { get; } = new(canceled: true);

    /// <inheritdoc/>
    public CancellationToken ApplicationStopping => stopping;

    /// <inheritdoc/>
    public CancellationToken ApplicationStopped => stopping;

    /// <inheritdoc/>
    public void StopApplication()
    {
    }
}
