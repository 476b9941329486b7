using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace WorkerPool;

/// <summary>Prints what is logged, as functions print: a line of level, category and message, and the exception below it.</summary>
/// <param name="category">Who logs.</param>
internal sealed class PrintedLogger(string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    /// <inheritdoc/>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "What a function prints is the pool's to deliver.")]
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
        {
            var line = $"{Word(logLevel)}: {category}: {formatter(state, exception)}";
            Console.Out.WriteLine(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "info",
    };
}
