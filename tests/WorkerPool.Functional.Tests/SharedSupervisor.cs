namespace WorkerPool.Functional.Tests;

/// <summary>A Supervisor for tests that do it no harm.</summary>
public sealed class SharedSupervisor : IAsyncLifetime
{
    public RunningSupervisor Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User]);

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
