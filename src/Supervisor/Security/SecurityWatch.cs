namespace WorkerPool.Supervisor.Security;

/// <summary>Looks at the files of a Supervisor's security while it runs, and says at its start how it is set up.</summary>
/// <param name="security">The files.</param>
/// <param name="time">Tells when.</param>
/// <param name="log">Takes note.</param>
internal sealed partial class SecurityWatch(SupervisorSecurity security, TimeProvider time, ILogger<SecurityWatch> log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (security.Callers is { } callers)
        {
            LogCallers(log, callers.Count);
        }

        security.Watch(time, log);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        security.Dispose();
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 4012, Level = LogLevel.Information, Message = "Callers have to show who they are; {Count} are known.")]
    private static partial void LogCallers(ILogger log, int count);
}
