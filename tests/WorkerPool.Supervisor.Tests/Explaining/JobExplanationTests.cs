using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Explaining;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;
using static WorkerPool.Supervisor.Tests.Explaining.Scenes;

namespace WorkerPool.Supervisor.Tests.Explaining;

/// <summary>The table of situations: what was seen, and what is said of it first.</summary>
public sealed class JobExplanationTests
{
    private const FindingSeverity Info = FindingSeverity.Info;
    private const FindingSeverity Warning = FindingSeverity.Warning;
    private const FindingSeverity Error = FindingSeverity.Error;

    private static readonly JobStanding Idle = Standing with { Stage = JobStage.AwaitingItems };

    private static readonly Dictionary<string, (JobScene Scene, FindingKind Kind, FindingSeverity Severity, string Sentence)> Table = new()
    {
        ["runs"] = (
            Open, FindingKind.Progress, Info,
            "1,000 of 2,000 items answered, the last 100 ms ago; 100 a second since the start, 10 s left at that rate; 2 workers have items of it."),
        ["slow reader"] = (
            Open with { Standing = Standing with { Stage = JobStage.AwaitingReader, HeldItems = 1024, UnreadResults = 1024, TakenResults = 513, UnreadFor = Seconds(12), IsOrdered = true, NextIndex = 1537 } },
            FindingKind.WindowFull, Warning,
            "window full: the client has not read past item 512 for 12 s (1,024 of 1,024 items)."),
        ["slow reader of results in any order"] = (
            Open with { Standing = Standing with { Stage = JobStage.AwaitingReader, HeldItems = 1024, UnreadResults = 1024, TakenResults = 513, UnreadFor = Seconds(12) } },
            FindingKind.WindowFull, Warning,
            "window full: the client has read 513 results and no more for 12 s (1,024 of 1,024 items)."),
        ["reader who never began"] = (
            Open with { Standing = Standing with { Stage = JobStage.AwaitingReader, IsPaused = true, UnreadResults = 3, UnreadBytes = 70 << 20, HeldItems = 20, UnreadFor = Seconds(75) } },
            FindingKind.WindowFull, Warning,
            "window full: the client has read nothing for 75 s (70 MiB of values, the window has 64 MiB)."),
        ["reader who reads, but slowly"] = (
            Open with { Standing = Standing with { Stage = JobStage.AwaitingReader, HeldItems = 1024, UnreadResults = 1000, TakenResults = 513, UnreadFor = Seconds(0.2) } },
            FindingKind.WindowFull, Info,
            "window full: the client reads more slowly than workers answer; it has read 513 results, 1,000 wait for it (1,024 of 1,024 items)."),
        ["client with a narrow window of its own"] = (
            Open with { Standing = Idle with { HeldItems = 64, UnreadResults = 64, TakenResults = 936, UnreadFor = Seconds(20) } },
            FindingKind.UnreadResults, Warning,
            "nothing is left to run, and 64 results wait to be read: the client has read 936 results and no more for 20 s."),
        ["no more items"] = (
            Open with { Standing = Idle with { TakenResults = 1000, AcceptedAgo = Seconds(12) } },
            FindingKind.AwaitingItems, Warning,
            "the client has sent nothing for 12 s: all 1,000 items that came are answered and read."),
        ["no items yet"] = (
            Open with { Job = AJob with { Ledger = default }, Standing = Idle with { AcceptedAgo = Seconds(2) } },
            FindingKind.AwaitingItems, Info,
            "the client has sent no items yet, 2 s after the start."),
        ["half a chunk"] = (
            Open with
            {
                Job = AJob with { Spec = AJob.Spec with { WorkOrder = AJob.Spec.WorkOrder with { ChunkSize = 8 } }, WaitingItems = 3 },
                Standing = Idle with { MissesRestOfChunk = true, AcceptedAgo = Seconds(30) },
            },
            FindingKind.AwaitingChunk, Warning,
            "3 items wait for the rest of a chunk of 8: the client has sent nothing for 30 s."),
        ["half of the shared arguments"] = (
            Open with { Job = AJob with { Ledger = default }, Standing = Idle with { MissingSharedBytes = 5 << 19, StageFor = Seconds(4) } },
            FindingKind.AwaitingSharedArguments, Info,
            "the shared arguments have not come whole: 2.5 MiB are missing, 4 s after the start."),
        ["straggler"] = (
            Open with { Job = AJob with { ItemTimes = Times(1000, 3.4) }, Workers = [AWorker(1, "job-1"), AWorker(3, new SceneItem(40, Seconds(31)))] },
            FindingKind.Straggler, Warning,
            "item 40 has run 31 s on worker-3, nine times the job's p99 of 3.4 s; it has no timeout."),
        ["straggler that says how far it is"] = (
            Open with
            {
                Job = AJob with { ItemTimes = Times(1000, 0.02), Spec = AJob.Spec with { WorkOrder = AJob.Spec.WorkOrder with { ItemTimeout = Seconds(60) } } },
                Workers = [AWorker(3, new SceneItem(40, Seconds(31), Progress: 0.43))],
            },
            FindingKind.Straggler, Warning,
            "item 40 has run 31 s on worker-3, 1,550 times the job's p99 of 20 ms; it says that it is 43 % done; its timeout is 60 s."),
        ["straggler among few, known by its function"] = (
            Open with { Job = AJob with { ItemTimes = Times(3, 1), FunctionTimes = Times(500, 2) }, Workers = [AWorker(1, new SceneItem(3, Seconds(10)))] },
            FindingKind.Straggler, Warning,
            "item 3 has run 10 s on worker-1, five times the p99 of square of 2 s; it has no timeout."),
        ["an item as long as others"] = (
            Open with { Job = AJob with { ItemTimes = Times(1000, 20) }, Workers = [AWorker(1, new SceneItem(3, Seconds(31)))] },
            FindingKind.Progress, Info,
            "1,000 of 2,000 items answered, the last 100 ms ago; 100 a second since the start, 10 s left at that rate; 2 workers have items of it."),
        ["results that wait for a lower index"] = (
            Open with
            {
                Standing = Standing with { OrderedResults = 1000, NextIndex = 40, HeldItems = 1024 },
                Workers = [AWorker(3, new SceneItem(40, Seconds(5)))],
                Job = AJob with { ItemTimes = Times(1000, 4) },
            },
            FindingKind.HeldByOrder, Warning,
            "1,000 results wait for item 40, which comes before them in the order of the input and has run 5 s on worker-3."),
        ["items behind one of another job"] = (
            Open with
            {
                Standing = Standing with { OrderedResults = 65_000, NextIndex = 900 },
                Workers = [AWorker(1, new SceneItem(1000, Seconds(0.1))), AWorker(4, "job-1", "job-2") with { Other = ("job-2", new SceneItem(60, Seconds(31))) }],
            },
            FindingKind.QueuedBehind, Warning,
            "items of the job wait on worker-4 behind item 60 of job-2, which has run 31 s; 65,000 results may wait for them in the order of the input."),
        ["items behind one that is over soon"] = (
            Open with { Workers = [AWorker(4, "job-1", "job-2") with { Other = ("job-2", new SceneItem(60, Seconds(0.02))) }] },
            FindingKind.Progress, Info,
            "1,000 of 2,000 items answered, the last 100 ms ago; 100 a second since the start, 10 s left at that rate; 2 workers have items of it."),
        ["an initializer"] = (
            Open with { Workers = [AWorker(1, new SceneItem(ulong.MaxValue, Seconds(15), Setup: "initializer"))] },
            FindingKind.Preparing, Warning,
            "worker-1 prepares for its first item: shared arguments and the job's initializer have taken 15 s."),
        ["a library that cannot be loaded"] = (
            Open with
            {
                Workers = [AWorker(1) with { State = SlotState.BackingOff, NextStartIn = Seconds(4), FailuresInARow = 3 }],
                PoolFailure = new StartFailure(ErrorReasons.FunctionLibraryInvalid, "the function library failed to load: Bad.dll is no assembly."),
            },
            FindingKind.NoWorkerReady, Error,
            "no worker ready: the function library failed to load: Bad.dll is no assembly."),
        ["a pool that starts"] = (
            Open with { Workers = [AWorker(1) with { State = SlotState.Starting, StateFor = Seconds(0.5) }] },
            FindingKind.NoWorkerReady, Info,
            "no worker ready: worker-1 is being started, for 500 ms."),
        ["an empty pool"] = (
            Open with { Workers = [AWorker(1) with { State = SlotState.Starting, StateFor = Seconds(40) }, AWorker(2) with { State = SlotState.Vacant, StateFor = Seconds(20) }] },
            FindingKind.NoWorkerReady, Warning,
            "no worker ready: 2 are being started, for 40 s."),
        ["all workers back off"] = (
            Open with
            {
                Workers = [AWorker(1) with { State = SlotState.BackingOff, NextStartIn = Seconds(4), FailuresInARow = 2, StartFailure = "worker-1 exited before it listened: exit code 3." }],
            },
            FindingKind.NoWorkerReady, Warning,
            "no worker ready: worker-1 restarts in 4 s (second failure in a row); the last start failed: worker-1 exited before it listened: exit code 3."),
        ["a worker that backs off"] = (
            Open with
            {
                Workers = [AWorker(1, "job-1"), AWorker(2) with { State = SlotState.BackingOff, NextStartIn = Seconds(4), FailuresInARow = 3, LastDeath = "exit code 9" }],
            },
            FindingKind.WorkerRestarting, Warning,
            "worker-2 restarts in 4 s (third failure in a row): exit code 9."),
        ["a crash loop"] = (
            Open with { Workers = [AWorker(1, "job-1"), AWorker(2, "job-1") with { FailuresInARow = 13, LastDeath = "SIGSEGV (exit code 139)" }] },
            FindingKind.WorkerRestarting, Warning,
            "worker-2 has been started again after its 13th failure in a row: SIGSEGV (exit code 139)."),
        ["others' turn"] = (
            Open with
            {
                Job = AJob with { WaitingItems = 500, WorkersInUse = 0 },
                Standing = Standing with { Stage = JobStage.AwaitingWorkers, StageFor = Seconds(12), CanTake = true },
                Workers = [AWorker(1, "job-2"), AWorker(2, "job-3", "single calls")],
            },
            FindingKind.OtherJobs, Warning,
            "all 2 ready workers have items of others (job-2, job-3, single calls), for 12 s; the next that is free takes 500 waiting items of this job up in its turn."),
        ["shared workers"] = (
            Open with
            {
                Job = AJob with { WaitingItems = 500, WorkersInUse = 1 },
                Standing = Standing with { CanTake = true },
                Workers = [AWorker(1, "job-1"), AWorker(2, "job-3")],
            },
            FindingKind.OtherJobs, Info,
            "1 of 2 ready workers have items of others (job-3); jobs share workers' time by weight, 500 of this job's items wait."),
        ["its limit of workers"] = (
            Open with
            {
                Job = AJob with { WaitingItems = 500, WorkersInUse = 2, Spec = AJob.Spec with { WorkOrder = AJob.Spec.WorkOrder with { MaxWorkers = 2 } } },
                Standing = Standing with { CanTake = true },
                Workers = [.. Open.Workers, AWorker(3), AWorker(4)],
            },
            FindingKind.WorkerLimit, Info,
            "the job has the 2 workers that max_workers lets it have; 2 more are idle and 500 items wait."),
        ["a window full of work"] = (
            Open with { Job = AJob with { WaitingItems = 1000, InFlightItems = 24 }, Standing = Standing with { HeldItems = 1024 } },
            FindingKind.QueueFull, Info,
            "the window of 1,024 items is full of work: 1,000 wait for a worker, workers have 24; the client sends more as results are read."),
        ["items that are tried again"] = (
            Open with { Standing = Standing with { AwaitingRerun = 1 } },
            FindingKind.AwaitingRerun, Info,
            "1 item waits to be tried again, after a failure or because a worker died that ran it; one that may have killed a worker waits for one that has nothing else."),
        ["workers that died"] = (
            Open with { Job = AJob with { WorkerRestarts = 3, Attempts = new(1003, 2, 3, 0) } },
            FindingKind.WorkersDied, Warning,
            "3 workers died while they had items of the job; 3 deaths charged to an item that ran."),
        ["items that failed"] = (
            Open with
            {
                Job = AJob with
                {
                    Ledger = new JobLedger(1000, 988, 12, 0),
                    Details = new JobDetails([], [], [new ItemError { Index = 7, Reason = "FUNCTION_FAILED", Message = "Attempted to divide by zero." }]),
                },
            },
            FindingKind.ItemsFailed, Warning,
            "12 items failed; the first to was item 7: FUNCTION_FAILED: Attempted to divide by zero."),
        ["a pool that drains"] = (
            Open with { DrainLeft = Seconds(130) }, FindingKind.PoolDraining, Warning,
            "the pool drains: it takes no further jobs, and ends those that are open in 2 min 10 s at the latest."),
        ["a full pool"] = (
            Open with { Refusal = "The pool has 2 jobs open, which is the most there may be. Try again when some have ended." },
            FindingKind.AdmissionFull, Info,
            "further jobs are refused: The pool has 2 jobs open, which is the most there may be. Try again when some have ended."),
        ["the first items"] = (
            Open with { Job = AJob with { Ledger = new JobLedger(10, 0, 0, 0), ItemTimes = null }, Workers = [AWorker(1, new SceneItem(0, Seconds(31)))] },
            FindingKind.FirstItems, Info,
            "the first items run: item 0 for 31 s on worker-1; how long its items take is not known yet."),
        ["completed"] = (
            new JobScene { Job = AJob with { State = JobState.Completed } }, FindingKind.JobEnded, Info,
            "completed: 1,000 items answered in 10 s, 0 of them failed."),
        ["failed"] = (
            new JobScene { Job = AJob with { State = JobState.Failed, Failure = new(ErrorReasons.PoolBroken, "The pool has no workers, they cannot start: Bad.dll is no assembly.") } },
            FindingKind.JobEnded, Error,
            "failed, with 1,000 items answered in 10 s: The pool has no workers, they cannot start: Bad.dll is no assembly."),
        ["cancelled"] = (
            new JobScene { Job = AJob with { State = JobState.Cancelled, Failure = new(ErrorReasons.JobCancelled, "The job was cancelled by an operator.") } },
            FindingKind.JobEnded, Warning,
            "cancelled, with 1,000 items answered in 10 s: The job was cancelled by an operator."),
        ["stopped"] = (
            new JobScene { Job = AJob with { State = JobState.Stopped } }, FindingKind.JobEnded, Warning,
            "stopped, because an item failed and the job was to stop then: 1,000 items answered in 10 s."),
    };

    public static TheoryData<string> Situations => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Situations))]
    public void Is_explained(string situation)
    {
        var (scene, kind, severity, sentence) = Table[situation];
        var findings = JobExplanation.Of(scene);

        // Of equally grave ones what is nearer to the job is first.
        Assert.Equal((kind, severity, sentence), (findings[0].Kind, findings[0].Severity, findings[0].Sentence));
        Assert.Equal(findings.OrderByDescending(finding => finding.Severity), findings);
        Assert.DoesNotContain(findings, finding => finding.Sentence.Contains("hung", StringComparison.OrdinalIgnoreCase));
        Assert.All(findings, finding => Assert.EndsWith(".", finding.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_finding_is_in_the_table() => Assert.Equal(
        Enum.GetValues<FindingKind>().Where(kind => kind != FindingKind.Unspecified),
        Table.Values.Select(row => row.Kind).Distinct().Order());

    [Fact]
    public void Numbers_are_there_for_programs()
    {
        var finding = JobExplanation.Of(Table["straggler"].Scene)[0];
        Assert.Equal(("40", "worker-3", "31", "3.4", "9.1"), (
            finding.Values["item"], finding.Values["worker"], finding.Values["running_for"], finding.Values["p99"], finding.Values["times"]));
        Assert.False(finding.Values.ContainsKey("progress"));
    }

    [Fact]
    public void No_more_workers_are_named_than_a_person_reads()
    {
        var scene = Open with
        {
            Workers = [AWorker(99, "job-1"), .. Enumerable.Range(1, 40).Select(n => AWorker(n) with { State = SlotState.BackingOff, NextStartIn = Seconds(n), FailuresInARow = 3 })],
        };
        var restarting = JobExplanation.Of(scene).Where(finding => finding.Kind == FindingKind.WorkerRestarting).ToList();
        Assert.Equal(6, restarting.Count);
        Assert.Equal("35 further workers failed to stay up likewise.", restarting[^1].Sentence);
    }
}
