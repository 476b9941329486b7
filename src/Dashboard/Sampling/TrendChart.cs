using System.Globalization;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>A line over time, as it is drawn: once for all who look.</summary>
/// <param name="Line">Points of the line.</param>
/// <param name="Area">Outline of what is below it.</param>
/// <param name="UpperLine">Points of a second line above it; empty for none.</param>
/// <param name="UpperArea">Outline of what is below that.</param>
/// <param name="TopText">The value at the upper edge, for a person.</param>
/// <param name="MiddleText">The value half way up.</param>
public sealed record TrendChart(string Line, string Area, string UpperLine, string UpperArea, string TopText, string MiddleText)
{
    /// <summary>Draws one.</summary>
    /// <param name="values">The values, the oldest first.</param>
    /// <param name="say">Says a value.</param>
    /// <param name="upper">Values of the second line; <c>null</c> for none.</param>
    /// <param name="least">The least that the upper edge stands for. Range: above zero.</param>
    internal static TrendChart Of(double[] values, Func<double, string> say, double[]? upper = null, double least = 1)
    {
        var top = NiceTop(Math.Max(least, values.Concat(upper ?? []).DefaultIfEmpty().Max()));
        var line = LinePath.Of(values, PoolTrends.Capacity, top);
        var upperLine = upper is null ? "" : LinePath.Of(upper, PoolTrends.Capacity, top);
        return new TrendChart(line, AreaOf(line), upperLine, AreaOf(upperLine), say(top), say(top / 2));
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

    private static string AreaOf(string line)
    {
        if (line.Length == 0)
        {
            return "";
        }

        var first = line[..line.IndexOf(',', StringComparison.Ordinal)];
        return string.Create(CultureInfo.InvariantCulture, $"M{first},{LinePath.Height} L{line} L{LinePath.Width},{LinePath.Height} Z");
    }
}
