namespace WorkerPool.Dashboard.Sampling;

/// <summary>A line over time, as it is drawn: once for all who look.</summary>
/// <param name="Line">Points of the line, and of the corners outside of the box that it goes round what is below it by.</param>
/// <param name="UpperLine">The same of a second line above it; empty for none.</param>
/// <param name="TopText">The value at the upper edge, for a person.</param>
/// <param name="MiddleText">The value half way up.</param>
public sealed record TrendChart(string Line, string UpperLine, string TopText, string MiddleText)
{
    /// <summary>Draws one.</summary>
    /// <param name="values">The values, the oldest first.</param>
    /// <param name="say">Says a value.</param>
    /// <param name="upper">Values of the second line; <c>null</c> for none.</param>
    /// <param name="least">The least that the upper edge stands for. Range: above zero.</param>
    internal static TrendChart Of(double[] values, Func<double, string> say, double[]? upper = null, double least = 1)
    {
        var top = NiceTop(Math.Max(least, values.Concat(upper ?? []).DefaultIfEmpty().Max()));
        return new TrendChart(
            Outline(LinePath.Of(values, PoolTrends.Capacity, top)),
            upper is null ? "" : Outline(LinePath.Of(upper, PoolTrends.Capacity, top)),
            say(top),
            say(top / 2));
    }

    /// <summary>The next of 1, 2, 5, 10, 20, 50 and so on that is not below a value.</summary>
    /// <param name="value">The value. Range: above zero.</param>
    internal static double NiceTop(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (value <= step * power * (1 + 1e-9))
            {
                return step * power;
            }
        }

        return 10 * power;
    }

    // Its sides and its foot are outside of the box, where they are not seen.
    private static string Outline(string line)
    {
        if (line.Length == 0)
        {
            return "";
        }

        var comma = line.IndexOf(',', StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var firstX = line[..comma];
        var (leftX, firstY) = firstX == "0" ? ("-5", line[(comma + 1)..(space < 0 ? line.Length : space)]) : (firstX, $"{Beyond}");
        var lastY = line[(line.LastIndexOf(',') + 1)..];
        return $"{leftX},{Beyond} {leftX},{firstY} {line} {LinePath.Width + 5},{lastY} {LinePath.Width + 5},{Beyond}";
    }

    private const int Beyond = LinePath.Height + 5;
}
