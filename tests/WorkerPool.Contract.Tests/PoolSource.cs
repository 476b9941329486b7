using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Where a suite's pools come from. Two workers, the built-in functions, those of the test library, and the test programs.</summary>
public abstract class PoolSource : IAsyncLifetime
{
    /// <summary>The suite's pool, for tests that leave it as it is.</summary>
    public Pool Pool { get; private set; } = null!;

    /// <summary>Path of the test library.</summary>
    protected static string Library => Path.Combine(AppContext.BaseDirectory, "UserFunctions.dll");

    /// <summary>A pool of a test's own, for tests that end it.</summary>
    public abstract Task<Pool> StartAsync();

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync() => Pool = await StartAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Pool.DisposeAsync();
    }
}
