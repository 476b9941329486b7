using System.Globalization;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;
using static WorkerPool.Supervisor.Explaining.Wording;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>
/// Why a job is where it is: findings from what was seen at one moment, the gravest first. Pure. It says what waits for what and for how
/// long; that something hangs it never says, for it cannot know.
/// </summary>
internal static partial class JobExplanation
{
    /// <summary>The findings, at least one.</summary>
    /// <param name="scene">What was seen.</param>
    public static IReadOnlyList<Finding> Of(JobScene scene)
    {
        IEnumerable<Finding> found = scene.Standing is { } standing ? OfOpen(scene, standing) : OfEnded(scene.Job);

        // The sort is stable: of equally grave ones what is nearer to the job stays first.
        return [.. found.OrderByDescending(finding => finding.Severity)];
    }

    private static IEnumerable<Finding> OfEnded(JobSnapshot job) => [Ended(job), .. Past(job)];

    private static IEnumerable<Finding> OfOpen(JobScene scene, JobStanding standing)
    {
        IEnumerable<Finding?> found =
        [
            .. Stragglers(scene),
            HeldByOrder(scene, standing),
            .. QueuedBehind(scene, standing),
            .. Preparing(scene),
            .. ReaderFindings(standing),
            QueueFull(scene.Job, standing),
            AwaitingSharedArguments(standing),
            AwaitingChunk(scene.Job, standing),
            AwaitingItems(scene.Job, standing),
            AwaitingRerun(standing),
            NoWorkerReady(scene),
            .. Restarting(scene),
            OtherJobs(scene, standing),
            WorkerLimit(scene, standing),
            .. Past(scene.Job),
            Draining(scene),
            AdmissionFull(scene),
            FirstItems(scene),
            Progress(scene.Job, standing),
        ];
        return found.OfType<Finding>();
    }

    private static Finding Ended(JobSnapshot job)
    {
        var answered = $"{Counted(job.Answered, "item")} answered in {Time(job.Elapsed)}";
        var (severity, sentence) = job.State switch
        {
            JobState.Completed => (FindingSeverity.Info, $"completed: {answered}, {Number(job.Ledger.Failed)} of them failed."),
            JobState.Stopped => (FindingSeverity.Warning, $"stopped, because an item failed and the job was to stop then: {answered}."),
            JobState.Cancelled => (FindingSeverity.Warning, $"cancelled, with {answered}: {Clause(job.Failure?.Message ?? "its caller went away")}."),
            _ => (FindingSeverity.Error, $"failed, with {answered}: {Clause(job.Failure?.Message ?? "")}."),
        };
        return Finding.Of(
            FindingKind.JobEnded, severity, sentence,
            ("answered_items", Digits(job.Answered)), ("failed_items", Digits(job.Ledger.Failed)), ("elapsed", Seconds(job.Elapsed)),
            ("reason", job.Failure?.Reason));
    }

    // What happened to it and stays true.
    private static IEnumerable<Finding> Past(JobSnapshot job)
    {
        if (job.WorkerRestarts > 0)
        {
            yield return Finding.Of(
                FindingKind.WorkersDied,
                FindingSeverity.Warning,
                $"{Counted(job.WorkerRestarts, "worker")} died while {(job.WorkerRestarts == 1 ? "it" : "they")} had items of the job; " +
                $"{Counted(job.Attempts.Crashes, "death")} charged to an item that ran.",
                ("workers", Digits(job.WorkerRestarts)), ("crashes", Digits(job.Attempts.Crashes)));
        }

        if (job.Details?.Failed is [var first, ..] failed)
        {
            var count = Math.Max(failed.Count, job.Ledger.Failed);
            yield return Finding.Of(
                FindingKind.ItemsFailed,
                FindingSeverity.Warning,
                $"{Counted(count, "item")} failed; the first to was item {first.Index}: {first.Reason}: {Clause(first.Message)}.",
                ("failed_items", Digits(count)), ("item", first.Index.ToString(CultureInfo.InvariantCulture)), ("reason", first.Reason));
        }
    }

    private static Finding Progress(JobSnapshot job, JobStanding standing)
    {
        var rate = job.Elapsed > TimeSpan.Zero ? job.Answered / job.Elapsed.TotalSeconds : 0;
        var all = job.Spec.ItemCount is { } known ? Math.Max(known, job.Ledger.Accepted) : (long?)null;
        var left = all is { } total && rate > 0 ? TimeSpan.FromSeconds(Math.Min((total - job.Answered) / rate, TimeSpan.FromDays(10_000).TotalSeconds)) : (TimeSpan?)null;
        var sentence = job.Answered == 0
            ? $"no item is answered yet, {Time(job.Elapsed)} after the start: {Counted(job.Ledger.Accepted, "item")} came, {Number(job.WaitingItems)} wait for a worker, workers have {Number(job.InFlightItems)}."
            : $"{(all is { } of ? $"{Number(job.Answered)} of {Counted(of, "item")}" : Counted(job.Answered, "item"))} answered, " +
                $"the last {Time(standing.AnsweredAgo)} ago; {Rate(rate)} a second since the start" +
                (left is { } time ? $", {Time(time)} left at that rate" : "") +
                $"; {Counted(job.WorkersInUse, "worker")} {(job.WorkersInUse == 1 ? "has" : "have")} items of it.";
        return Finding.Of(
            FindingKind.Progress, FindingSeverity.Info, sentence,
            ("answered_items", Digits(job.Answered)),
            ("item_count", all is { } count ? Digits(count) : null),
            ("last_answer", Seconds(standing.AnsweredAgo)),
            ("items_per_second", rate.ToString("0.###", CultureInfo.InvariantCulture)),
            ("time_left", left is { } span ? Seconds(span) : null),
            ("workers", Digits(job.WorkersInUse)));
    }
}
