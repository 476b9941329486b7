namespace WorkerPool.Bench.Statistics;

/// <summary>The schedule that gives the next item in order to the next free worker, in no time (Graham, 1966).</summary>
internal static class ListSchedule
{
    /// <summary>Its time from start to end.</summary>
    /// <param name="times">What each item takes, in order.</param>
    /// <param name="workers">Workers.</param>
    public static double Makespan(IEnumerable<double> times, int workers)
    {
        var free = new double[workers];
        foreach (var time in times)
        {
            free[Array.IndexOf(free, free.Min())] += time;
        }

        return free.Max();
    }
}
