using WorkerPool.Local;

namespace WorkerPool.Tutorials;

internal static class Points
{
    #region points
    public static async Task RunAsync()
    {
        const int Parts = 16;
        const int PointsOfPart = 1_000_000;
        await using var pool = await LocalPool.StartAsync();

        int[] inside = await pool.StarmapAsync(Inside, Enumerable.Range(1, Parts).Select(seed => (seed, PointsOfPart)));
        Console.WriteLine($"π is about {4.0 * inside.Sum() / (Parts * PointsOfPart):F4}");
    }

    private static int Inside(int seed, int points)
    {
        var random = new Random(seed);
        var inside = 0;
        for (var point = 0; point < points; point++)
        {
            var (x, y) = (random.NextDouble(), random.NextDouble());
            inside += (x * x) + (y * y) < 1 ? 1 : 0;
        }

        return inside;
    }
    #endregion
}
