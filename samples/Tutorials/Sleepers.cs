using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Sleepers
{
    #region sleepers
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "4" });
        int[] sleepers = [1, 2, 3, 4, 5, 6];

        await foreach (var sleeper in pool.ImapAsync(SleepAsync, sleepers))
        {
            Console.WriteLine($"in order: {sleeper}");
        }

        await foreach (var sleeper in pool.ImapUnorderedAsync(SleepAsync, sleepers))
        {
            Console.WriteLine($"as they wake: {sleeper}");
        }
    }

    private static async Task<int> SleepAsync(int sleeper)
    {
        await Task.Delay(Random.Shared.Next(500));
        return sleeper;
    }
    #endregion
}
