namespace WorkerPool.Cli.Top;

/// <summary>Numbers as a row of bars, one character each.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The bars; the highest number has the highest.</summary>
    /// <param name="numbers">The numbers. Range of each: 0 and up.</param>
    public static string Of(IReadOnlyCollection<double> numbers)
    {
        var most = numbers.DefaultIfEmpty().Max();
        return string.Concat(numbers.Select(number => Bars[most <= 0 ? 0 : (int)Math.Min(Bars.Length - 1, number / most * Bars.Length)]));
    }
}
