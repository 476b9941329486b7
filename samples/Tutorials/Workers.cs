using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Workers
{
    #region workers
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "4" });

        string[] workers = await pool.MapAsync(WorkAsync, Enumerable.Range(1, 40));
        foreach (var worker in workers.GroupBy(worker => worker).OrderBy(worker => worker.Key))
        {
            Console.WriteLine($"{worker.Key} ran {worker.Count()} items");
        }

        Console.WriteLine($"{workers.Length} items in all");
    }

    private static async Task<string> WorkAsync(int item)
    {
        await Task.Delay(100);
        return WorkerContext.Current.WorkerName;
    }
    #endregion
}
