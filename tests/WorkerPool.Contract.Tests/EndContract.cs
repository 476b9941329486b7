using WorkerPool.Client;

namespace WorkerPool.Contract.Tests;

/// <summary>Ways to end a map, and a pool.</summary>
public abstract class EndContract(PoolSource pools) : ContractTest(pools)
{
    [Fact]
    public async Task Leaving_the_loop_early_frees_the_workers()
    {
        await foreach (var value in Pool.ImapUnorderedAsync<double, double>("sleep", [0, 600, 600, 600], null, Cancellation))
        {
            Assert.Equal(0, value);
            break;
        }

        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Cancelling_a_map_reaches_the_running_items()
    {
        using var cancellation = new CancellationTokenSource();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var value in Pool.ImapUnorderedAsync<double, double>("sleep", [0, 600, 600, 600], null, cancellation.Token))
            {
                Assert.Equal(0, value);
                await cancellation.CancelAsync();
            }
        }).WaitAsync(Limit, Cancellation);

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation).WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Consuming_3_of_1000_results_and_closing_does_not_hang()
    {
        var pool = await Pools.StartAsync();
        var taken = 0;
        await foreach (var _ in pool.ImapAsync<int, long>("square", Enumerable.Range(0, 1000), null, Cancellation))
        {
            if (++taken == 3)
            {
                break;
            }
        }

        await pool.CloseAsync(Cancellation).WaitAsync(Limit, Cancellation);
    }

    [Fact]
    public async Task Close_waits_for_the_work_under_way_and_takes_no_new()
    {
        var pool = await Pools.StartAsync();
        var map = pool.MapAsync<double, double>("sleep", [0.3, 0.3], null, Cancellation);
        var close = pool.CloseAsync(Cancellation);

        await Assert.ThrowsAsync<PoolClosedException>(() => pool.ApplyAsync<int, long>("square", 2, null, Cancellation));
        Assert.Equal(2, (await map.WaitAsync(Limit, Cancellation)).Length);
        await close.WaitAsync(Limit, Cancellation);
    }

    [Fact]
    public async Task Terminate_ends_the_work_under_way_at_once()
    {
        var pool = await Pools.StartAsync();
        var map = pool.MapAsync<double, double>("sleep", [600, 600], null, Cancellation);
        await pool.TerminateAsync().WaitAsync(Limit, Cancellation);

        await Assert.ThrowsAsync<PoolClosedException>(() => map.WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Another_call_on_the_same_pool_answers_while_a_map_waits_for_its_reader()
    {
        await using var results = Pool.ImapAsync<long, long>("square", Endless(), null, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await results.MoveNextAsync());

        Assert.Equal(4, await Pool.ApplyAsync<int, long>("square", 2, null, Cancellation).WaitAsync(Limit, Cancellation));
        Assert.Equal(9, Assert.Single(await Pool.MapAsync<int, long>("square", [3], null, Cancellation).WaitAsync(Limit, Cancellation)));

        static IEnumerable<long> Endless()
        {
            for (long i = 0; ; i++)
            {
                yield return i;
            }
        }
    }
}
