using System.Globalization;

namespace WorkerPool.Cli.Output;

/// <summary>Counts, times, sizes and rates in few characters, for people.</summary>
internal static class Quantity
{
    private const long LongestCount = 99_999;

    private static readonly string[] Thousands = ["", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A count: exact up to five digits, then in thousands or millions.</summary>
    public static string Count(long count) => count <= LongestCount ? Text($"{count}") : Scaled(count, 1000, Thousands, "");

    /// <summary>A size in bytes.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, 1024, ByteUnits, " ");

    /// <summary>So many a second.</summary>
    public static string Rate(double perSecond) => Scaled(perSecond, 1000, Thousands, "") + "/s";

    /// <summary>A time: its two largest units.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.9995 } => Text($"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 9.95 } => Text($"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => Text($"{(int)time.TotalSeconds} s"),
        { TotalMinutes: < 60 } => Text($"{time.Minutes}m {time.Seconds:00}s"),
        { TotalHours: < 24 } => Text($"{time.Hours}h {time.Minutes:00}m"),
        _ => Text($"{time.Days}d {time.Hours:00}h"),
    };

    private static string Scaled(double number, double step, string[] units, string space)
    {
        var unit = 0;
        while (number >= step - 0.5 && unit < units.Length - 1)
        {
            number /= step;
            unit++;
        }

        var isWhole = unit == 0 && double.IsInteger(number);
        return Text($"{Digits(number, isWhole)}{space}{units[unit]}");
    }

    // Three digits say enough.
    private static string Digits(double number, bool isWhole) =>
        number.ToString(isWhole || number >= 99.95 ? "0" : number >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
