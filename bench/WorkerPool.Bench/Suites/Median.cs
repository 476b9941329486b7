namespace WorkerPool.Bench.Suites;

/// <summary>Measures several times and takes the middle.</summary>
internal static class Median
{
    private const int Times = 3;

    /// <summary>Measures.</summary>
    /// <param name="measure">Gives some numbers.</param>
    /// <returns>The median of each of them.</returns>
    public static async Task<double[]> OfAsync(Func<Task<double[]>> measure)
    {
        var measured = new List<double[]>();
        for (var i = 0; i < Times; i++)
        {
            measured.Add(await measure());
        }

        return [.. measured[0].Select((_, column) => measured.Select(row => row[column]).Order().ElementAt(Times / 2))];
    }
}
