using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Contract.Tests;

/// <summary>Pools inside this process.</summary>
public sealed class LocalPools : IPoolSource
{
    /// <summary>Path of the test library.</summary>
    public static string Library => Path.Combine(AppContext.BaseDirectory, "UserFunctions.dll");

    public Pool Pool { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pool = await StartAsync();

    public Task<Pool> StartAsync() =>
        LocalPool.StartAsync(new LocalPoolOptions { Workers = "2", Functions = [Library] }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
