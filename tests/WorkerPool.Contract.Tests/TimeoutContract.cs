using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Items that take too long.</summary>
public abstract class TimeoutContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task An_item_that_yields_to_its_timeout_fails_alone()
    {
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<double, double>(
            "sleep", [0, 600, 0], new MapOptions { ItemTimeout = TimeSpan.FromSeconds(5) }, Cancellation));

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal("ITEM_TIMEOUT", outcomes[1].Error!.Reason);
    }

    [Fact]
    public async Task An_item_that_does_not_yield_to_its_timeout_fails_alone_and_its_worker_is_replaced()
    {
        var options = new MapOptions { ItemTimeout = TimeSpan.FromSeconds(5), ChunkSize = 10 };
        var outcomes = await CollectAsync(Pool.ImapOutcomesAsync<int, int>("hang_on_13", Enumerable.Range(0, 40), options, Cancellation));

        var failed = Assert.Single(outcomes, outcome => !outcome.Succeeded);
        Assert.Equal(13, failed.Index);
        Assert.Equal("ITEM_TIMEOUT", failed.Error!.Reason);
    }

    [Fact]
    public async Task A_single_call_has_a_timeout_too()
    {
        var options = new MapOptions { ItemTimeout = TimeSpan.FromSeconds(5) };
        var calls = Enumerable.Range(0, 3).Select(_ => Pool.ApplyAsync<double, double>("sleep", 600, options, CancellationToken.None));

        foreach (var call in calls.ToList())
        {
            var error = await Assert.ThrowsAsync<ItemFailedException>(() => call.WaitAsync(Limit, Cancellation));
            Assert.Equal("ITEM_TIMEOUT", error.Reason);
        }
    }
}
