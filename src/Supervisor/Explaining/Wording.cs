using System.Globalization;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>Numbers, times and names as sentences have them, and as programs read them.</summary>
internal static class Wording
{
    private static readonly string[] Small =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly string[] Ordinals =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private static readonly string[] ByteUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A number such as "1,024".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number for programs.</summary>
    public static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Seconds for programs, such as "31.2".</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Such as "1 item" or "1,024 items".</summary>
    public static string Counted(long count, string one) => count == 1 ? $"1 {one}" : $"{Number(count)} {one}s";

    /// <summary>Such as "nine"; in digits above twelve.</summary>
    public static string Word(long number) => number >= 0 && number < Small.Length ? Small[number] : Number(number);

    /// <summary>Such as "third"; in digits above the twelfth.</summary>
    public static string Ordinal(long number)
    {
        if (number > 0 && number < Ordinals.Length)
        {
            return Ordinals[number];
        }

        var ending = (number % 100, number % 10) switch
        {
            (11 or 12 or 13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        return Number(number) + ending;
    }

    /// <summary>A time such as "120 ms", "3.4 s", "31 s" or "4 min 10 s".</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 10 } => Text($"{time.TotalMilliseconds:0.##} ms"),
        { TotalMilliseconds: < 999.5 } => Text($"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 9.95 } => Text($"{time.TotalSeconds:0.#} s"),
        { TotalSeconds: < 119.5 } => Text($"{time.TotalSeconds:0} s"),
        { TotalHours: < 2 } => Text($"{(int)time.TotalMinutes} min {time.Seconds} s"),
        { TotalDays: < 2 } => Text($"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => Text($"{(int)time.TotalDays} d {time.Hours} h"),
    };

    /// <summary>So many a second, such as "512" or "0.4".</summary>
    public static string Rate(double perSecond) =>
        perSecond.ToString(perSecond >= 99.5 ? "N0" : perSecond >= 1 ? "0.#" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>A size such as "2.5 MiB".</summary>
    public static string Bytes(long bytes)
    {
        var unit = 0;
        double size = bytes;
        while (size >= 1024 && unit < ByteUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return Text($"{size:0.#} {ByteUnits[unit]}");
    }

    /// <summary>Names such as "job-1, job-2 and 3 more".</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many are named.</param>
    public static string List(IReadOnlyCollection<string> names, int most = 4) =>
        names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {Number(names.Count - most)} more";

    /// <summary>A sentence that others wrote, without the full stop that ours adds.</summary>
    public static string Clause(string sentence) => sentence.TrimEnd('.', ' ', '\n');

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
