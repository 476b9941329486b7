using System.Globalization;

namespace WorkerPool.Cli.Input;

/// <summary>A time as it is given on a command line: seconds, or a number with <c>ms</c>, <c>s</c> or <c>m</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("", 1)];

    /// <summary>Reads a time above zero.</summary>
    public static bool TryParse(string text, out TimeSpan duration) => TryParseOrZero(text, out duration) && duration > TimeSpan.Zero;

    /// <summary>Reads a time of zero or above.</summary>
    public static bool TryParseOrZero(string text, out TimeSpan duration)
    {
        duration = default;
        var (unit, seconds) = Units.First(u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        if (!double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var total = number * seconds;
        if (!(total >= 0) || total > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(total);
        return true;
    }
}
