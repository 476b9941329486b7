using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Where a suite's pool comes from. Two workers, the built-in functions and those of the test library.</summary>
public interface IPoolSource : IAsyncLifetime
{
    /// <summary>The suite's pool, for tests that leave it as it is.</summary>
    Pool Pool { get; }

    /// <summary>A pool of a test's own, for tests that end it.</summary>
    Task<Pool> StartAsync();
}
