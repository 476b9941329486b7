namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Leaves signals and the exit to the worker: the usual lifetime would make the exit wait for the server.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
