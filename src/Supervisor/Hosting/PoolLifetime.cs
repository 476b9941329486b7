using Grpc.Health.V1;
using Grpc.HealthCheck;
using WorkerPool.Protocol;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// Ties the pool's life to the application's: started with it, drained before anything else stops. It is ready while
/// it takes jobs; a pool without workers stays ready and answers with its reason.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="health">Tells those who probe.</param>
/// <param name="calls">The calls that are not answered whole yet.</param>
/// <param name="log">Takes note.</param>
internal sealed partial class PoolLifetime(Pool pool, HealthServiceImpl health, OpenCalls calls, ILogger<PoolLifetime> log) : IHostedLifecycleService
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the pool has been told to end and its jobs are over.</summary>
    public Task Drained => _drained.Task;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        SetStatus(HealthCheckResponse.Types.ServingStatus.Serving);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        LogDraining(log);
        SetStatus(HealthCheckResponse.Types.ServingStatus.NotServing);
        await pool.DrainAsync(grace: null, cancellationToken);

        // Streams that never end by themselves would keep the server waiting.
        pool.Events.Close();
        LogDrained(log);
        _drained.TrySetResult();

        // What was written last, such as the end of a job, is to reach its caller.
        await calls.NoneAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The pool drains: no new jobs are taken.")]
    private static partial void LogDraining(ILogger log);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "The pool is drained.")]
    private static partial void LogDrained(ILogger log);

    private void SetStatus(HealthCheckResponse.Types.ServingStatus status)
    {
        health.SetStatus("", status);
        health.SetStatus(ServiceNames.Pool, status);
    }
}
