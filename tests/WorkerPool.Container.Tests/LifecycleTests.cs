using WorkerPool.Client;
using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;

namespace WorkerPool.Container.Tests;

/// <summary>How containers start, make way and end.</summary>
public sealed class LifecycleTests(Images images)
{
    private static readonly double[] Seconds = [0.51, 0.52, 0.53, 0.54, 0.55, 0.56];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Supervisor_that_is_stopped_lets_open_jobs_end_and_takes_no_new_ones()
    {
        var (cell, supervisor, _) = await Cell.StartAsync(images, keepers: 1);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);
        await using var late = Pool.Connect(await Cell.AddressAsync(supervisor), cell.Options() with { ReconnectTimeout = TimeSpan.Zero });
        Task<long>? stopping = null;
        var values = new List<double>();

        await foreach (var value in pool.ImapAsync<double, double>("sleep", Seconds, new MapOptions { ChunkSize = 1 }, Cancellation))
        {
            values.Add(value);
            if (stopping is null)
            {
                stopping = supervisor.StopAsync();
                await supervisor.PrintsAsync("drain");
                var refused = await Assert.ThrowsAsync<PoolUnavailableException>(() => late.ApplyAsync<int, long>("square", 2, cancellationToken: Cancellation));
                Assert.Equal("POOL_DRAINING", refused.Reason);
            }
        }

        Assert.Equal(Seconds, values);
        Assert.Equal(0, await stopping!);
    }

    [Fact]
    public async Task A_keeper_that_is_stopped_lets_its_items_end_and_hands_back_the_rest()
    {
        var (cell, supervisor, keepers) = await Cell.StartAsync(images, keepers: 2);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);
        Task<long>? stopping = null;
        var values = new List<double>();

        await foreach (var value in pool.ImapAsync<double, double>("sleep", Seconds, null, Cancellation))
        {
            values.Add(value);
            stopping ??= keepers[0].StopAsync();
        }

        Assert.Equal(Seconds, values);
        Assert.Equal(0, await stopping!);
        await cell.ReadyAsync(supervisor, 1);
    }

    [Fact]
    public async Task A_second_Supervisor_waits_until_the_first_lets_go()
    {
        var (cell, first, _) = await Cell.StartAsync(images, keepers: 1);
        await using var ended = cell;
        var second = await cell.SupervisorAsync(name: "another");
        await cell.ReadyAsync(second, 0);
        await second.PrintsAsync("is not held: The keeper is held by another Supervisor, ");

        Assert.Equal(0, await first.StopAsync());

        await cell.ReadyAsync(second, 1);
        await using var pool = await cell.ConnectAsync(second);
        Assert.Equal(49, await pool.ApplyAsync<int, long>("square", 7, cancellationToken: Cancellation));
    }
}
