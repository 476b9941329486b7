using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Contract.Tests;

/// <summary>Pools whose workers are threads of this process.</summary>
public sealed class InProcessPools : IPoolSource
{
    public Pool Pool { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pool = await StartAsync();

    public Task<Pool> StartAsync() => InProcessPool.StartAsync(
        new InProcessPoolOptions { Workers = "2", Functions = [LocalPools.Library] }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
