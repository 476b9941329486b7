using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>
/// Pools at an address: clients of one Supervisor, a program of its own. It outlives every pool, as a service does, and a
/// suite fails if it logged an error, ended badly or left anything behind.
/// </summary>
public sealed class RemotePools : PoolSource
{
    private RunningSupervisor _supervisor = null!;

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        _supervisor = await RunningSupervisor.StartAsync(workers: 2, [Library], TestPrograms.AsSettings());
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override Task<Pool> StartAsync() => Task.FromResult(Pool.Connect(_supervisor.Address));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _supervisor.DisposeAsync();
    }
}
