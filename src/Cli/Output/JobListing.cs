using System.Globalization;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>Jobs, for people.</summary>
internal static class JobListing
{
    private static readonly Column<JobStatus>[] Columns =
    [
        new("Job", job => job.Id),
        new("State", job => Words.Of(job.State)),
        new("Function", job => job.Function) { LeftOutFirst = 2 },
        new("Label", job => job.Label) { Wraps = true, LeftOutFirst = 5 },
        new("Done", Done) { IsNumber = true },
        new("Failed", job => Quantity.Count(job.Ledger.Failed)) { IsNumber = true, LeftOutFirst = 1 },
        new("Rate", job => Quantity.Rate(job.ItemsPerSecond)) { IsNumber = true, LeftOutFirst = 3 },
        new("Time", job => Quantity.Time(job.Elapsed)) { IsNumber = true, LeftOutFirst = 2 },
        new("Left", Left) { IsNumber = true },
        new("Workers", job => Quantity.Count(job.WorkersInUse)) { IsNumber = true, LeftOutFirst = 4 },
        new("Waiting", job => Quantity.Count(job.WaitingItems)) { IsNumber = true, LeftOutFirst = 7 },
        new("Died", job => Quantity.Count(job.WorkerRestarts)) { IsNumber = true, LeftOutFirst = 6 },
        new("Mostly", Mostly) { LeftOutFirst = 8 },
        new("Started", job => TextLines.Time(job.Started)) { LeftOutFirst = 9 },
        new("Caller", job => job.Caller) { LeftOutFirst = 10 },
    ];

    /// <summary>Writes the table, and below it why jobs were cancelled or failed.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static void Write(IReadOnlyList<JobStatus> jobs, Stream output, int? width)
    {
        TextTable.Write(Columns, jobs, output, width);
        TextLines.Write(jobs.Where(job => job.Message.Length > 0).Select(Explanation), output, width);
    }

    private static string Explanation(JobStatus job) =>
        $"{job.Id}: {(job.Reason.Length > 0 ? job.Reason + ": " : "")}{Messages.OneLine(job.Message)}";

    private static string Done(JobStatus job)
    {
        var done = Quantity.Count(job.Ledger.Succeeded + job.Ledger.Failed);
        return job.ItemCount is { } all ? $"{done}/{Quantity.Count(all)}" : done;
    }

    private static string Mostly(JobStatus job)
    {
        (string Stage, TimeSpan Time)[] times =
        [
            ("running", job.Times.Running),
            ("awaiting workers", job.Times.AwaitingWorkers),
            ("awaiting reader", job.Times.AwaitingReader),
            ("awaiting items", job.Times.AwaitingItems),
        ];
        var (stage, time) = times.MaxBy(each => each.Time);
        var all = times.Sum(each => each.Time.TotalSeconds);
        return all > 0 ? string.Create(CultureInfo.InvariantCulture, $"{stage} {time.TotalSeconds / all:0 %}") : "";
    }

    private static string Left(JobStatus job) => (job.State, job.TimeLeft, job.Progress) switch
    {
        (not JobState.Running, _, _) => "",
        (_, { } left, _) => Quantity.Time(left),
        (_, _, { } progress) => progress.ToString("0 %", CultureInfo.InvariantCulture),
        _ => "",
    };
}
