using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>Every worker of a pool is stopped at once.</summary>
public sealed class StandstillTests
{
    private const int Workers = 3;

    private static readonly Dictionary<string, string> Settings = new() { ["Pool__SilenceLimit"] = "00:00:05" };

    [Theory]
    [InlineData(Order.Input)]
    [InlineData(Order.Completion)]
    public async Task The_map_completes_with_other_workers(Order order)
    {
        await using var supervisor = await RunningSupervisor.StartAsync(Workers, settings: Settings);
        var victims = new List<int>();
        for (var slot = 1; slot <= Workers; slot++)
        {
            victims.Add(await supervisor.WorkerProcessIdAsync(slot));
        }

        var isStruck = false;
        var items = Enumerable.Repeat("0.002", 1500).ToList();
        var start = new MapStart { Function = "sleep", Options = new MapOptions { Order = order } };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, items, _ =>
        {
            if (!isStruck)
            {
                isStruck = true;
                victims.ForEach(victim => ProcessSignals.Send(victim, ProcessSignals.Stop));
            }
        });
        Assert.True(isStruck);
        Assert.Equal(items, map.Results.Select(result => result.Value));
        Assert.Equal((uint)Workers, map.Summary?.WorkerRestarts);
        Assert.All(victims, victim => Assert.False(ProcessSignals.IsAlive(victim)));
    }
}
