using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Squares
{
    #region squares
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync();

        int[] squares = await pool.MapAsync(Square, Enumerable.Range(1, 10));
        Console.WriteLine(string.Join(" ", squares));

        var fives = new MapOptions { ChunkSize = 5 };
        int[] same = await pool.MapAsync(Square, Enumerable.Range(1, 10), fives);
        Console.WriteLine(string.Join(" ", same));

        int[] processes = await pool.MapAsync(_ => Environment.ProcessId, Enumerable.Range(1, 10), fives);
        Console.WriteLine($"the first five in one process: {processes[..5].Distinct().Count() == 1}");
    }

    private static int Square(int number) => number * number;
    #endregion
}
