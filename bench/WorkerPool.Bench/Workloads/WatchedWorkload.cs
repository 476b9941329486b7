using System.Globalization;
using WorkerPool.Bench.Measuring;
using WorkerPool.Client;

namespace WorkerPool.Bench.Workloads;

/// <summary>
/// Squares, while browsers show the dashboard. Client, Supervisor and workers share the first processor and browsers have the second,
/// so that what is measured is what viewers cost the pool, and not what a browser costs its own machine.
/// </summary>
/// <param name="browsers">How many.</param>
internal sealed class WatchedWorkload(int browsers) : IWorkload
{
    public const string Unseen = "watched-by-none";
    public const string Seen = "watched";

    /// <summary>How many browsers, where there are any.</summary>
    public const int Browsers = 10;

    // The dashboard changes by the second: it takes some of them to see what that costs. What is compiled shares the processor too.
    private const double Stretch = 3;

    /// <summary>Programs without which it cannot be measured.</summary>
    public static IReadOnlyList<string> Needs { get; } = ["taskset", BrowserTabs.Program];

    /// <inheritdoc/>
    public async Task RunAsync(Order order, Action<Reading> report)
    {
        await Processor.ConfineAsync(Environment.ProcessId, 0);
        await using var supervisor = await SupervisorProcess.StartAsync(Order.Workers, withMetrics: true, port: FreePort.Find());
        await using var pool = Pool.Connect(supervisor.Address);

        // Where nothing is measured one shows whether it works.
        var count = order.Scale < Plan.Quick.Scale ? Math.Min(1, browsers) : browsers;
        await using var tabs = count == 0 ? null : await BrowserTabs.OpenAsync(new Uri(supervisor.Metrics!, "/dashboard/"), count, processor: 1);
        if (tabs is not null)
        {
            var changing = tabs.ChangingAsync();
            while (!changing.IsCompleted)
            {
                await SquareWorkload.MapAsync(pool, 10_000, new MapOptions { ChunkSize = 256 });
            }

            await changing;
        }

        var meter = new ThroughputMeter(order with { Seconds = order.Seconds * Stretch, CompileSeconds = order.CompileSeconds * Stretch });
        foreach (var name in order.Cases)
        {
            var options = new MapOptions { ChunkSize = int.Parse(name, CultureInfo.InvariantCulture) };
            meter.Add(name, count => SquareWorkload.MapAsync(pool, count, options));
        }

        await meter.MeasureAsync(report);
    }
}
