using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Workloads;

/// <summary>Items of very different times. The peer in Python has the same.</summary>
internal static class Stragglers
{
    public const string First = "2 s first";
    public const string Quarter = "2 s after a quarter";
    public const string Middle = "2 s in the middle";
    public const string Last = "2 s last";
    public const string Lognormal = "200 lognormal";
    private const double LongSeconds = 2;
    private const double QuickSeconds = 0.001;
    private const int QuickItems = 2000;
    private const int LognormalItems = 200;
    private const double LognormalMedian = 0.01;

    /// <summary>The items of a case, in seconds.</summary>
    /// <param name="name">The case.</param>
    /// <param name="order">How many, and how long, as a share.</param>
    public static IReadOnlyList<double> Items(string name, Order order) => name switch
    {
        First => LongAt(0, order),
        Quarter => LongAt(0.25, order),
        Middle => LongAt(0.5, order),
        Last => LongAt(1, order),
        Lognormal => [.. Enumerable.Range(0, Math.Max(1, (int)(LognormalItems * order.Scale))).Select(LognormalTime)],
        _ => throw new ArgumentException($"There is no case \"{name}\".", nameof(name)),
    };

    private static List<double> LongAt(double place, Order order)
    {
        var items = Enumerable.Repeat(QuickSeconds, Math.Max(1, (int)(QuickItems * order.Scale))).ToList();
        items.Insert((int)(place * items.Count), LongSeconds * order.Scale);
        return items;
    }

    // The same numbers each time, everywhere: Box and Muller's, of points that fill the square evenly. Whole milliseconds, as
    // Thread.Sleep takes them.
    private static double LognormalTime(int index)
    {
        var (radius, angle) = (Uniform(73), Uniform(31));
        return Math.Ceiling(1000 * LognormalMedian * Math.Exp(Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle))) / 1000;

        double Uniform(int step) => ((index * step % LognormalItems) + 0.5) / LognormalItems;
    }
}
