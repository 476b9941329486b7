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

        // There are no thousandths of items and bytes.
        var least = unit == "s" ? 0 : 1;
        var (size, prefix) = Prefixes.FirstOrDefault(each => each.Size >= least && Math.Abs(value) >= each.Size, (1, ""));
        return $"{Digits(value / size)} {prefix}{(prefix.Length > 0 && unit.StartsWith("items", StringComparison.Ordinal) ? " " : "")}{unit}";
    }

    /// <summary>What is measured, without its unit.</summary>
    /// <param name="metric">What; its last word is the unit.</param>
    public static string Name(string metric) => string.Join(' ', metric.Split(' ')[..^1]);

    /// <summary>A ratio.</summary>
    public static string Ratio(double ratio) => $"{Digits(ratio)} ×";

    // Three digits that count.
    private static string Digits(double value)
    {
        var decimals = Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, _ => 2 };
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
