using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>What user code prints, in the service's log, with its worker and, where that is known, its job.</summary>
/// <param name="log">The log.</param>
internal sealed partial class LoggedOutput(ILogger<LoggedOutput> log)
{
    /// <summary>Logs a line.</summary>
    /// <param name="line">The line.</param>
    public void Write(WorkerOutputLine line)
    {
        if (line.Job == 0)
        {
            LogLine(log, line.Worker, line.Text);
        }
        else
        {
            LogLineOfJob(log, line.Worker, line.Job, line.Text);
        }
    }

    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "[{Worker}] {Line}")]
    private static partial void LogLine(ILogger log, string worker, string line);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "[{Worker}, job-{Job}] {Line}")]
    private static partial void LogLineOfJob(ILogger log, string worker, ulong job, string line);
}
