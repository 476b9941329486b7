using WorkerPool.Local;

namespace WorkerPool.Bench.Suites.Sharing;

/// <summary>How several jobs share two workers.</summary>
internal static class SharingSuite
{
    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where.</param>
    public static async Task RunAsync(TextWriter output)
    {
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ');
        await output.WriteLineAsync($"{Environment.ProcessorCount} processors, load {load[0]} (1 min), {load[1]} (5 min); 2 workers; medians of 3.\n");
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "2" });
        await using var admin = Client.PoolAdmin.Connect(pool.Address);
        while ((await admin.GetPoolAsync()).ReadyWorkers < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        await new Shares(pool, admin).RunAsync(output);
        await new Slowdowns(pool).RunAsync(output);
        await new Stragglers(pool).RunAsync(output);
        await new Applies(pool).RunAsync(output);
    }
}
