using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Contract.Tests;

/// <summary>Pools with a Supervisor inside this process and child processes as workers.</summary>
public sealed class LocalPools : PoolSource
{
    /// <inheritdoc/>
    public override Task<Pool> StartAsync() =>
        LocalPool.StartAsync(new LocalPoolOptions { Workers = "2", Functions = [Library], Programs = TestPrograms.All }, TestContext.Current.CancellationToken);
}
