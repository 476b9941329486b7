using Microsoft.Extensions.Logging;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>
/// The logs of the dashboard, until it is taken down: what pages run into that are drawn at that moment, whose services are gone, is no news.
/// </summary>
/// <param name="logs">Takes them.</param>
internal sealed class SiteLogs(ILoggerFactory logs) : ILoggerFactory
{
    private volatile bool _isOver;

    /// <summary>The dashboard is taken down.</summary>
    public void End() => _isOver = true;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new SiteLogger(this, logs.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <summary>Does nothing: the logs are the host's.</summary>
    public void Dispose()
    {
    }

    private sealed class SiteLogger(SiteLogs site, ILogger log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !site._isOver && log.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!site._isOver)
            {
                log.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
