using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>What the suites share.</summary>
/// <param name="pools">Where pools come from.</param>
public abstract class ContractTest(PoolSource pools)
{
    /// <summary>Longer than anything here takes; reached only by what hangs.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected PoolSource Pools => pools;

    protected Pool Pool => pools.Pool;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected static async Task IsAsync<T>(IEnumerable<T> expected, Task<T[]> actual) => Assert.Equal(expected, await actual);

    protected static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> source)
    {
        var collected = new List<T>();
        await foreach (var value in source.WithCancellation(Cancellation))
        {
            collected.Add(value);
        }

        return collected;
    }
}
