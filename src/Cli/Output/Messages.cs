using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>What the command says on stderr, in words.</summary>
internal static class Messages
{
    /// <summary>The line for a failed item.</summary>
    public static string ForItem(ItemFailedException error) =>
        string.Create(CultureInfo.InvariantCulture, $"item {error.Index}: {ForFailure(error)}");

    /// <summary>Reason and message of a failure, on one line.</summary>
    public static string ForFailure(ItemFailedException error)
    {
        var type = error.RemoteType.Length > 0 && !error.Description.StartsWith(error.RemoteType, StringComparison.Ordinal)
            ? error.RemoteType + ": "
            : "";
        return OneLine($"{error.Reason}: {type}{error.Description}");
    }

    /// <summary>The closing line of a map.</summary>
    public static string ForSummary(MapSummary summary)
    {
        var ledger = summary.Ledger;
        var items = ledger.Accepted == 1 ? "item" : "items";
        var restarts = summary.WorkerRestarts == 1 ? "restart" : "restarts";
        var resumes = summary.Resumes switch
        {
            0 => "",
            1 => "1 resume; ",
            var count => string.Create(CultureInfo.InvariantCulture, $"{count} resumes; "),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ledger.Accepted} {items}: {ledger.Succeeded} succeeded, {ledger.Failed} failed, {ledger.Cancelled} cancelled; "
            + $"{summary.WorkerRestarts} {restarts}; {resumes}{summary.Elapsed.TotalSeconds:0.00} s elapsed, speed-up {summary.SpeedUp:0.0}");
    }

    /// <summary>A text without line ends and without other control characters: others' texts are not to steer a terminal.</summary>
    public static string OneLine(string text)
    {
        var lines = string.Concat(text.Select(each => char.IsControl(each) ? '\n' : each));
        return string.Join(' ', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
