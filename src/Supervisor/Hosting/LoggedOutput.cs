using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>What user code prints, in the service's log.</summary>
/// <param name="log">The log.</param>
internal sealed partial class LoggedOutput(ILogger<LoggedOutput> log)
{
    /// <summary>Logs a line.</summary>
    /// <param name="line">The line.</param>
    public void Write(WorkerOutputLine line) => LogLine(log, line.Worker, line.Text);

    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "[{Worker}] {Line}")]
    private static partial void LogLine(ILogger log, string worker, string line);
}
