using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>The workers of a pool, for people.</summary>
internal static class WorkerListing
{
    private static readonly Column<WorkerStatus>[] Columns =
    [
        new("Worker", worker => worker.Name),
        new("State", worker => Words.Of(worker.State)),
        new("PID", worker => worker.ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "") { IsNumber = true, LeftOutFirst = 4 },
        new("Running", Running) { LeftOutFirst = 5 },
        new("For", worker => worker.ItemRunningFor is { } time ? Quantity.Time(time) : "") { IsNumber = true, LeftOutFirst = 3 },
        new("Done", worker => Quantity.Count(worker.AnsweredItems)) { IsNumber = true },
        new("Held", worker => Quantity.Count(worker.InFlightItems)) { IsNumber = true, LeftOutFirst = 7 },
        new("CPU", worker => worker.CpuTime is { } time ? Quantity.Time(time) : "") { IsNumber = true, LeftOutFirst = 6 },
        new("Memory", worker => worker.MemoryBytes > 0 ? Quantity.Bytes(worker.MemoryBytes) : "") { IsNumber = true, LeftOutFirst = 1 },
        new("Died", worker => Quantity.Count(worker.Restarts)) { IsNumber = true, LeftOutFirst = 2 },
        new("Incarnation", worker => Quantity.Count(worker.Incarnation)) { IsNumber = true, LeftOutFirst = 8 },
    ];

    /// <summary>Writes the table, and below it how workers died.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static void Write(IReadOnlyList<WorkerStatus> workers, Stream output, int? width)
    {
        TextTable.Write(Columns, workers, output, width);
        TextLines.Write(
            workers.Where(worker => worker.LastDeath.Length > 0)
                .Select(worker => $"{worker.Name}, last death: {Messages.OneLine(worker.LastDeath)}"),
            output,
            width);
    }

    private static string Running(WorkerStatus worker) =>
        worker.ItemIndex is not { } index ? ""
        : worker.RunningItems > 1 ? FormattableString.Invariant($"{worker.JobId} item {index} +{worker.RunningItems - 1}")
        : FormattableString.Invariant($"{worker.JobId} item {index}");
}
