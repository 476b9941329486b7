using WorkerPool.Client;
using WorkerPool.Local;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/python.md.</summary>
internal static class PythonSnippets
{
    public static async Task SquaresAsync()
    {
        #region python
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "4" });

        int[] squares = await pool.MapAsync(Square, Enumerable.Range(0, 10));
        Console.WriteLine(string.Join(" ", squares));

        var two = pool.StartApply(Square, 2);
        Console.WriteLine(await two.Completion);

        static int Square(int number) => number * number;
        #endregion
    }
}
