using WorkerPool.Client;
using WorkerPool.InProcess;

namespace WorkerPool.Contract.Tests;

/// <summary>Pools whose workers are threads of this process.</summary>
public sealed class InProcessPools : PoolSource
{
    /// <inheritdoc/>
    public override Task<Pool> StartAsync() => InProcessPool.StartAsync(
        new InProcessPoolOptions { Workers = "2", Functions = [Library], Programs = TestPrograms.All }, TestContext.Current.CancellationToken);
}
