using System.Globalization;
using Spectre.Console;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>What the operators' commands say on stdout beside tables.</summary>
internal static class TextLines
{
    private const int RoomForKind = 100;

    /// <summary>Writes lines, broken between words where the terminal is narrower.</summary>
    public static void Write(IEnumerable<string> lines, Stream output, int? width)
    {
        foreach (var line in lines)
        {
            PlainText.Write(new Text(line), output, width);
        }
    }

    /// <summary>The pool in a line.</summary>
    public static string ForPool(PoolStatus pool)
    {
        var state = $"The pool is {Words.Of(pool.State)}{(pool.Message.Length > 0 ? $" ({Messages.OneLine(pool.Message).TrimEnd('.')})" : "")}";
        var waiting = pool.WaitingItems == 0 ? "" : $", {Counted(pool.WaitingItems, "waiting item")}"
            + (pool.WaitingWork is { } work && work > TimeSpan.Zero ? $" ({Quantity.Time(work)} of work)" : "");
        return $"{state}: {Workers(pool)} ready, {pool.BusyWorkers} busy, {Counted(pool.OpenJobs, "open job")}{waiting}, "
            + $"up {Quantity.Time(pool.Uptime)}.";
    }

    /// <summary>Such as <c>2 of 4 workers</c>.</summary>
    public static string Workers(PoolStatus pool) =>
        FormattableString.Invariant($"{pool.ReadyWorkers} of {pool.SlotCount} {(pool.SlotCount == 1 ? "worker" : "workers")}")
        + (pool.ReadySpares > 0 ? FormattableString.Invariant($", {pool.ReadySpares} spare") : "");

    /// <summary>Such as <c>1 job</c> or <c>2 jobs</c>.</summary>
    public static string Counted(long count, string what) => $"{Quantity.Count(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>An event in a line. Its kind, which the sentence says as well, is left out where there is little room.</summary>
    public static string ForEvent(PoolEvent happened, int? width)
    {
        var kind = width is null or >= RoomForKind ? $"  {Words.Of(happened.Kind),-19}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{happened.Sequence,5}  {Time(happened.Time)}{kind}  {Messages.OneLine(happened.Message)}");
    }

    /// <summary>A time of day, where the person is.</summary>
    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
