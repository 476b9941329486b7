namespace WorkerPool.WorkerHost.Functions.Objects;

/// <summary>Loggers for the objects of a library, whose lines go where prints go.</summary>
internal sealed class PrintedLogs : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new PrintedLogger(categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}
