using System.Globalization;

namespace WorkerPool.Cli.Output;

/// <summary>How far a map has come, in one line.</summary>
internal static class ProgressText
{
    private const int WidestBar = 30;
    private const int NarrowestBar = 5;

    /// <summary>The line.</summary>
    /// <param name="done">Items answered.</param>
    /// <param name="failed">Of these, with an error.</param>
    /// <param name="total">Items there are; <c>null</c> if not known.</param>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="isReconnecting">Whether the pool was lost and is being looked for.</param>
    public static string Format(long done, long failed, long? total, TimeSpan elapsed, int width, bool isReconnecting = false)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var count = total is { } all ? $"{Number(done)}/{Number(all)}" : Number(done);
        var text = $"{count} done, {Number(failed)} failed, {Rate(rate)}/s";
        if (isReconnecting)
        {
            text += ", reconnecting";
        }
        else if (total is { } known && rate > 0 && known >= done)
        {
            text += $", {Left(TimeSpan.FromSeconds(Math.Min((known - done) / rate, 360_000)))} left";
        }

        var bar = Math.Min(WidestBar, width - text.Length - 3);
        if (total is > 0 && bar >= NarrowestBar)
        {
            var filled = (int)(bar * Math.Min(1.0, (double)done / total.Value));
            text = $"[{new string('#', filled)}{new string('-', bar - filled)}] {text}";
        }

        return text.Length <= width ? text : text[..Math.Max(0, width)];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Left(TimeSpan left) =>
        left.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00}");
}
