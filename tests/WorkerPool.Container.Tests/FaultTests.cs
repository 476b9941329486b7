using System.Globalization;
using WorkerPool.Client;
using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;

namespace WorkerPool.Container.Tests;

/// <summary>What befalls containers in the middle of a map: it goes on, in order and exact.</summary>
public sealed class FaultTests(Images images)
{
    // So that few items wait in the pool, and the map ends soon after what befalls it.
    private static readonly Dictionary<string, string> NarrowWindow = new() { ["Pool__WindowItems"] = "3000" };

    [Fact]
    public Task A_keeper_is_killed_and_started_again() => MapAsync(10_000, async (cell, supervisor, keepers) =>
    {
        await keepers[0].KillAsync();
        await cell.ReadyAsync(supervisor, 2);
        await keepers[0].StartAsync();
        await cell.ReadyAsync(supervisor, 3);
    });

    [Fact]
    public Task A_keeper_is_frozen_and_thawed() => MapAsync(10_000, async (cell, supervisor, keepers) =>
    {
        await keepers[0].PauseAsync();
        await cell.ReadyAsync(supervisor, 2);
        await keepers[0].UnpauseAsync();
        await cell.ReadyAsync(supervisor, 3);
    });

    [Fact]
    public Task A_keeper_is_cut_off_and_comes_back() => MapAsync(100_000, async (cell, supervisor, keepers) =>
    {
        await keepers[0].CutAsync();
        await cell.ReadyAsync(supervisor, 2);
        await keepers[0].HealAsync();
        await cell.ReadyAsync(supervisor, 3);
    });

    [Fact]
    public Task All_keepers_are_restarted_one_after_the_other() => MapAsync(10_000, async (cell, supervisor, keepers) =>
    {
        foreach (var keeper in keepers)
        {
            Assert.Equal(0, await keeper.StopAsync());
            await cell.ReadyAsync(supervisor, 2);
            await keeper.StartAsync();
            await cell.ReadyAsync(supervisor, 3);
        }
    });

    [Fact]
    public async Task The_Supervisor_is_killed_and_started_again()
    {
        await using var cell = await Cell.CreateAsync(images);
        await cell.KeeperAsync();
        await cell.KeeperAsync();
        var port = FixedPort.Take();
        var supervisor = await cell.SupervisorAsync(NarrowWindow, port: port);
        await cell.ReadyAsync(supervisor, 2);
        await using var pool = Pool.Connect(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}"), cell.Options());

        await LongMap.RunAsync(pool, 10_000, async () =>
        {
            await supervisor.KillAsync();
            await supervisor.StartAsync();
            await cell.ReadyAsync(supervisor, 2);
        });
    }

    private async Task MapAsync(int count, Func<Cell, CellContainer, List<CellContainer>, Task> fault)
    {
        var (cell, supervisor, keepers) = await Cell.StartAsync(images, keepers: 3, settings: NarrowWindow);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);
        await LongMap.RunAsync(pool, count, () => fault(cell, supervisor, keepers));
    }
}
