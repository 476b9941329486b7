using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;
using static WorkerPool.Supervisor.Explaining.Wording;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>What waits for the client, and what the client waits for.</summary>
internal static partial class JobExplanation
{
    // What takes a client longer is worth a warning.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NoWait = TimeSpan.FromSeconds(1);

    private static IEnumerable<Finding> ReaderFindings(JobStanding standing)
    {
        var isFullOfBytes = standing.IsPaused && standing.UnreadBytes > 0;
        var isFull = isFullOfBytes || (standing.HeldItems >= standing.WindowItems && 2 * standing.UnreadResults >= standing.WindowItems);
        var isIdle = standing.Stage is JobStage.AwaitingReader or JobStage.AwaitingItems;
        if (standing.UnreadResults == 0 || !(isFull || (isIdle && standing.UnreadFor >= NoWait)))
        {
            yield break;
        }

        var hasReadLately = standing.UnreadFor < NoWait;
        var read = standing.TakenResults == 0 ? "has read nothing"
            : standing.CountsFromZero && standing.IsOrdered ? $"has not read past item {Digits(standing.TakenResults - 1)}"
            : $"has read {Counted(standing.TakenResults, "result")} and no more";
        var reader = hasReadLately
            ? $"the client reads more slowly than workers answer; it has read {Counted(standing.TakenResults, "result")}, {Number(standing.UnreadResults)} wait for it"
            : $"the client {read} for {Time(standing.UnreadFor)}";
        var values = new (string, string?)[]
        {
            ("read_results", Digits(standing.TakenResults)), ("unread_results", Digits(standing.UnreadResults)),
            ("unread_bytes", Digits(standing.UnreadBytes)), ("unread_for", Seconds(standing.UnreadFor)),
            ("window_items", Digits(standing.WindowItems)), ("window_bytes", Digits(standing.WindowBytes)),
        };
        if (isFull)
        {
            var by = isFullOfBytes
                ? $"{Bytes(standing.UnreadBytes)} of values, the window has {Bytes(standing.WindowBytes)}"
                : $"{Number(standing.HeldItems)} of {Counted(standing.WindowItems, "item")}";
            yield return Finding.Of(
                FindingKind.WindowFull, hasReadLately ? FindingSeverity.Info : FindingSeverity.Warning, $"window full: {reader} ({by}).", values);
        }
        else
        {
            yield return Finding.Of(
                FindingKind.UnreadResults,
                standing.UnreadFor < LongWait ? FindingSeverity.Info : FindingSeverity.Warning,
                $"nothing is left to run, and {(standing.UnreadResults == 1 ? "a result waits" : $"{Number(standing.UnreadResults)} results wait")} to be read: {reader}.",
                values);
        }
    }

    private static Finding? QueueFull(JobSnapshot job, JobStanding standing) =>
        standing.HeldItems >= standing.WindowItems && 2 * (job.WaitingItems + job.InFlightItems) > standing.WindowItems
            ? Finding.Of(
                FindingKind.QueueFull,
                FindingSeverity.Info,
                $"the window of {Counted(standing.WindowItems, "item")} is full of work: {Number(job.WaitingItems)} wait for a worker, workers have {Number(job.InFlightItems)}; the client sends more as results are read.",
                ("window_items", Digits(standing.WindowItems)), ("waiting_items", Digits(job.WaitingItems)), ("in_flight_items", Digits(job.InFlightItems)))
            : null;

    private static Finding? AwaitingSharedArguments(JobStanding standing) => standing.MissingSharedBytes > 0
        ? Finding.Of(
            FindingKind.AwaitingSharedArguments,
            Waited(standing.StageFor),
            $"the shared arguments have not come whole: {Bytes(standing.MissingSharedBytes)} are missing, {Time(standing.StageFor)} after the start.",
            ("missing_bytes", Digits(standing.MissingSharedBytes)), ("for", Seconds(standing.StageFor)))
        : null;

    private static Finding? AwaitingChunk(JobSnapshot job, JobStanding standing) => standing.MissesRestOfChunk
        ? Finding.Of(
            FindingKind.AwaitingChunk,
            Waited(standing.AcceptedAgo),
            $"{Counted(job.WaitingItems, "item")} {(job.WaitingItems == 1 ? "waits" : "wait")} for the rest of a chunk of {job.Spec.WorkOrder.ChunkSize}: the client has sent nothing for {Time(standing.AcceptedAgo)}.",
            ("waiting_items", Digits(job.WaitingItems)), ("chunk_size", Digits(job.Spec.WorkOrder.ChunkSize ?? 0)), ("for", Seconds(standing.AcceptedAgo)))
        : null;

    private static Finding? AwaitingItems(JobSnapshot job, JobStanding standing) =>
        standing is { Stage: JobStage.AwaitingItems, IsInputEnded: false, MissesRestOfChunk: false, MissingSharedBytes: 0, UnreadResults: 0 }
            ? Finding.Of(
                FindingKind.AwaitingItems,
                Waited(standing.AcceptedAgo),
                job.Ledger.Accepted == 0
                    ? $"the client has sent no items yet, {Time(standing.AcceptedAgo)} after the start."
                    : $"the client has sent nothing for {Time(standing.AcceptedAgo)}: all {Counted(job.Ledger.Accepted, "item")} that came are answered and read.",
                ("accepted_items", Digits(job.Ledger.Accepted)), ("for", Seconds(standing.AcceptedAgo)))
            : null;

    private static FindingSeverity Waited(TimeSpan time) => time < LongWait ? FindingSeverity.Info : FindingSeverity.Warning;
}
