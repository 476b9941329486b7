namespace WorkerPool.Wire.Tests;

/// <summary>A Supervisor with the built-in functions.</summary>
public sealed class WireSupervisor : IAsyncLifetime
{
    public RunningSupervisor Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await RunningSupervisor.StartAsync(workers: 2);

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
