using System.Globalization;

namespace WorkerPool.Bench.Reports;

/// <summary>Numbers for people.</summary>
internal static class Quantity
{
    private static readonly (double Size, string Prefix)[] Prefixes = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")];

    /// <summary>A measurement with its unit.</summary>
    /// <param name="value">How much.</param>
    /// <param name="metric">What; its last word is the unit.</param>
    public static string Text(double value, string metric)
    {
        var unit = metric.Split(' ')[^1];
        if (unit is "index" or "times")
        {
            return Digits(value);
        }

        if (unit == "%")
        {
            return $"{Digits(value)} %";
        }

        var (size, prefix) = Prefixes.FirstOrDefault(each => Math.Abs(value) >= each.Size, Prefixes[^1]);
        return value == 0 ? $"0 {unit}" : unit.StartsWith("items", StringComparison.Ordinal) || unit.StartsWith("B", StringComparison.Ordinal) && size < 1
            ? $"{Digits(value / Math.Max(1, size))} {(size > 1 ? prefix : "")}{unit}"
            : $"{Digits(value / size)} {prefix}{unit}";
    }

    /// <summary>A ratio.</summary>
    public static string Ratio(double ratio) => $"{Digits(ratio)} ×";

    // Three digits that count.
    private static string Digits(double value)
    {
        var decimals = Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, _ => 2 };
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
