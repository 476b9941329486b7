using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>How far a map has come, in one line.</summary>
internal static class ProgressText
{
    private const int WidestBar = 30;
    private const int NarrowestBar = 5;
    private const int MostItems = 4;

    /// <summary>The line.</summary>
    /// <param name="done">Items answered.</param>
    /// <param name="failed">Of these, with an error.</param>
    /// <param name="total">Items there are; <c>null</c> if not known.</param>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="isReconnecting">Whether the pool was lost and is being looked for.</param>
    /// <param name="items">Running items that have said how far they are. Default: none.</param>
    /// <param name="workers">Workers that have items of it; <c>null</c> (default): not known.</param>
    /// <param name="died">Workers that died while they had items of it. Default: none.</param>
    public static string Format(
        long done,
        long failed,
        long? total,
        TimeSpan elapsed,
        int width,
        bool isReconnecting = false,
        IReadOnlyList<RunningItem>? items = null,
        int? workers = null,
        int died = 0)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var count = total is { } all ? $"{Number(done)}/{Number(all)}" : Number(done);
        var text = $"{count} done, {Number(failed)} failed, {Rate(rate)}/s";
        if (workers is { } held)
        {
            text += $", {Number(held)} {(held == 1 ? "worker" : "workers")}{(died > 0 ? $", {Number(died)} died" : "")}";
        }

        if (isReconnecting)
        {
            text += ", reconnecting";
        }
        else if (total is { } known && rate > 0 && known >= done)
        {
            text += $", {Left(TimeSpan.FromSeconds(Math.Min((known - done) / rate, 360_000)))} left";
        }

        foreach (var item in (items ?? []).Take(MostItems))
        {
            text += string.Create(CultureInfo.InvariantCulture, $", item {item.Index} {item.Progress:0 %}");
        }

        if (items?.Count > MostItems)
        {
            text += ", …";
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
