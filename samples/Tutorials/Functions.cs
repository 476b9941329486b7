using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Functions
{
    #region functions
    public static async Task RunAsync()
    {
        await using var pool = await LocalPool.StartAsync();

        var squares = pool.StartMap((int number) => number * number, [1, 2, 3]);
        var halves = pool.StartMap((int number) => number / 2.0, [1, 2, 3]);
        var areas = pool.StartStarmap((double width, double height) => width * height, [(2.0, 3.0), (4.0, 5.0)]);
        var greeting = pool.StartApply(name => $"Hello, {name}!", "Ada");

        Console.WriteLine(string.Join(" ", await squares.Completion));
        Console.WriteLine(string.Join(" ", await halves.Completion));
        Console.WriteLine(string.Join(" ", await areas.Completion));
        Console.WriteLine(await greeting.Completion);
    }
    #endregion
}
