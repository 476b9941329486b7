using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Memory
{
    #region memory
    private static readonly List<int> Numbers = [1, 2, 3];

    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "1" });

        Console.WriteLine($"in the worker: {string.Join(" ", await pool.ApplyAsync(Append, 4))}");
        Console.WriteLine($"in the worker: {string.Join(" ", await pool.ApplyAsync(Append, 5))}");
        Console.WriteLine($"at home: {string.Join(" ", Numbers)}");
    }

    private static int[] Append(int number)
    {
        Numbers.Add(number);
        return [.. Numbers];
    }
    #endregion
}
