using WorkerPool.Container.Tests.Cells;
using WorkerPool.Container.Tests.Engine;

namespace WorkerPool.Container.Tests;

/// <summary>Maps through a cell of containers.</summary>
public sealed class MapTests(Images images)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_runs_on_a_Supervisor_and_three_keepers()
    {
        var (cell, supervisor, _) = await Cell.StartAsync(images, keepers: 3);
        await using var ended = cell;
        await using var pool = await cell.ConnectAsync(supervisor);

        var squares = await pool.MapAsync<int, long>("square", Enumerable.Range(0, 10_000), null, Cancellation);

        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => (long)number * number), squares);
    }
}
