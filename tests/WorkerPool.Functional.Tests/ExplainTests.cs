using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>The situations that explanations are for, each for real.</summary>
public sealed class ExplainTests
{
    private static readonly Dictionary<string, string> SmallWindow = new() { ["Pool__WindowItems"] = "16" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_reader()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, settings: SmallWindow);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "square" }, [.. Json.Range(8)]);
        await map.ReadToAsync(8);
        await map.SendAsync([.. Json.Range(16)]);
        var finding = await FirstAsync(supervisor, map.JobId, FindingKind.WindowFull, FindingSeverity.Warning);
        Says(@"^window full: the client has not read past item 7 for \d[\d.]* s \(16 of 16 items\)\.$", finding);
        Assert.Equal(("8", "16"), (finding.Values["read_results"], finding.Values["unread_results"]));

        // It reads on, and all is well.
        await map.ReadToAsync(24);
        await ExplainedAsync(supervisor, map.JobId, explained => explained.Findings.All(other => other.Severity == FindingSeverity.Info));
    }

    [Fact]
    public async Task A_straggler()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1, Order = Order.Completion } };
        using var map = await OpenMap.StartAsync(
            supervisor.Client, start, [.. Enumerable.Repeat("0.01", 40), "600", .. Enumerable.Repeat("0.01", 40)]);
        await map.ReadToAsync(80);
        var finding = await FirstAsync(supervisor, map.JobId, FindingKind.Straggler, FindingSeverity.Warning);
        Says(@"^item 40 has run \d[\d.]* s on worker-[12], [\w,]+ times the job's p99 of [\d.]+ m?s; it has no timeout\.$", finding);
        Assert.Equal("40", finding.Values["item"]);
    }

    [Fact]
    public async Task A_straggler_that_the_order_of_the_input_waits_for()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1 } };
        using var map = await OpenMap.StartAsync(supervisor.Client, start, ["600", .. Enumerable.Repeat("0.01", 20)]);
        var held = await ExplainedAsync(
            supervisor, map.JobId, explained => explained.Findings.Any(finding => finding.Kind == FindingKind.HeldByOrder && finding.Values["results"] == "20"));
        Says(
            @"^20 results wait for item 0, which comes before them in the order of the input and has run \d[\d.]* s on worker-[12]\.$",
            held.Findings.First(finding => finding.Kind == FindingKind.HeldByOrder));
    }

    [Fact]
    public async Task Items_behind_one_of_another_job()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1, Order = Order.Completion } };

        // Of both it is known that their items are quick: the first alone, which is compiled, need not be.
        using var quick = await OpenMap.StartAsync(
            supervisor.Client, new MapStart { Function = "square", Options = new MapOptions { ChunkSize = 1 } }, [.. Enumerable.Repeat("1", 20)]);
        await quick.ReadToAsync(20);
        using var slow = await OpenMap.StartAsync(supervisor.Client, start, [.. Enumerable.Repeat("0.001", 20)]);
        await slow.ReadToAsync(20);

        // What it takes is known to be little, so others are given to its worker behind it.
        await slow.SendAsync(["600"]);
        await JobAsync(supervisor, slow.JobId, job => job.RunningItems.Count == 1);
        await quick.SendAsync(["2"]);
        var finding = await FirstAsync(supervisor, quick.JobId, FindingKind.QueuedBehind, FindingSeverity.Warning);
        Says($@"^items of the job wait on worker-1 behind item 20 of {slow.JobId}, which has run \d[\d.]* s\.$", finding);
        Assert.InRange((await ExplainAsync(supervisor, slow.JobId)).Job.WorkerTimes.Working.ToTimeSpan().TotalSeconds, 1, 600);
    }

    [Fact]
    public async Task A_crash_loop()
    {
        using var gate = new TemporaryFile();
        gate.Make();
        await using var supervisor = await StartInitializedAsync("read_file", gate, workers: 2);
        var id = await supervisor.WorkerProcessIdAsync(slot: 2);
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, "600");
        await JobAsync(supervisor, map.JobId, job => job.RunningItems.Any(item => item.Worker == "worker-1" || item.Worker == "worker-2"));
        var running = (await ExplainAsync(supervisor, map.JobId)).Job.RunningItems.Single().Worker;

        // The other one dies and cannot start again.
        gate.Remove();
        ProcessSignals.Send(running == "worker-2" ? await supervisor.WorkerProcessIdAsync(slot: 1) : id, ProcessSignals.Kill);
        var finding = await FirstAsync(
            supervisor, map.JobId, FindingKind.WorkerRestarting, FindingSeverity.Warning, found => found.Values["failures_in_a_row"] == "4" && found.Values.ContainsKey("next_start_in"));
        Says(@"^worker-[12] restarts in [\d.]+ m?s \(fourth failure in a row\): worker-[12]: the pool's initializer ""read_file"" failed: .*$", finding);

        // What was wrong is mended, and it heals.
        gate.Make();
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool, pool => pool.ReadyWorkers == 2);
    }

    [Fact]
    public async Task Items_that_kill_their_workers()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User]);
        supervisor.MayLogErrors = true;
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "exit", Options = new MapOptions { ChunkSize = 1 } }, "3", "4");
        await map.ReadToAsync(2);
        var explained = await ExplainAsync(supervisor, map.JobId);
        var died = explained.Findings.Single(finding => finding.Kind == FindingKind.WorkersDied);
        Says(@"^6 workers died while they had items of the job; 6 deaths charged to an item that ran\.$", died);
        Says(
            @"^2 items failed; the first to was item [01]: WORKER_CRASHED: Item [01] was running each time when its worker died \(3 times\)\. Last: worker-[12] .*exit code [34].*\.$",
            explained.Findings.Single(finding => finding.Kind == FindingKind.ItemsFailed));
        var failed = explained.Job.FailedItems.OrderBy(error => error.Index).ToList();
        Assert.Equal(["3", "4"], failed.Select(error => error.Metadata["exit_code"]));
        Assert.Equal(new Attempts { Given = 6, Reruns = 4, Crashes = 6 }, explained.Job.Attempts);
    }

    [Fact]
    public async Task An_empty_pool()
    {
        using var gate = new TemporaryFile();
        gate.Make();
        await using var supervisor = await StartInitializedAsync("wait_for", gate, workers: 1);
        var id = await supervisor.WorkerProcessIdAsync();
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "echo" }, "1");
        await map.ReadToAsync(1);
        gate.Remove();
        ProcessSignals.Send(id, ProcessSignals.Kill);
        await supervisor.Program.Log.LineAsync("worker-1 .*died").WaitAsync(SupervisorProgram.Limit, Cancellation);
        await map.SendAsync(["2"]);
        var finding = await FirstAsync(supervisor, map.JobId, FindingKind.NoWorkerReady);
        Says(@"^no worker ready: worker-1 is being started, for [\d.]+ m?s\.$", finding);
        gate.Make();
        await map.ReadToAsync(2);
    }

    [Fact]
    public async Task A_pool_whose_workers_cannot_start()
    {
        using var gate = new TemporaryFile();
        gate.Make();
        await using var supervisor = await StartInitializedAsync("read_file", gate, workers: 1);
        supervisor.MayLogErrors = true;
        var id = await supervisor.WorkerProcessIdAsync();
        using var map = await OpenMap.StartAsync(supervisor.Client, new MapStart { Function = "sleep" }, "600");
        gate.Remove();
        ProcessSignals.Send(id, ProcessSignals.Kill);
        var finding = await FirstAsync(supervisor, map.JobId, FindingKind.JobEnded, FindingSeverity.Error);
        Says(@"^failed, with 0 items answered in .*: The pool has no workers, they cannot start: worker-1: the pool's initializer ""read_file"" failed: .*\.$", finding);
        Assert.Equal("POOL_BROKEN", finding.Values["reason"]);
    }

    [Fact]
    public async Task A_full_queue_in_a_full_pool()
    {
        using var gate = new TemporaryFile();
        var settings = new Dictionary<string, string>(SmallWindow) { ["Pool__MaxOpenJobs"] = "2" };
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], settings);
        var start = new MapStart { Function = "wait_for", Options = new MapOptions { ChunkSize = 1 } };
        using var map = await OpenMap.StartAsync(supervisor.Client, start, [.. Enumerable.Repeat(gate.Item, 16)]);
        var explained = await ExplainedAsync(
            supervisor, map.JobId, explained => explained.Findings.Any(finding => finding.Kind == FindingKind.QueueFull) && explained.Job.RunningItems.Count == 2);
        Says(
            @"^the window of 16 items is full of work: 14 wait for a worker, workers have 2; the client sends more as results are read\.$",
            explained.Findings.First(finding => finding.Kind == FindingKind.QueueFull));
        Assert.All(explained.Findings, finding => Assert.Equal(FindingSeverity.Info, finding.Severity));

        // A second one waits for the first one's workers, and a third is not taken.
        using var other = await OpenMap.StartAsync(supervisor.Client, start, gate.Item);
        var waits = await ExplainedAsync(
            supervisor, other.JobId, explained => explained.Findings[0].Kind == FindingKind.OtherJobs && explained.Findings.Any(finding => finding.Kind == FindingKind.AdmissionFull));
        Says($@"^all 2 ready workers have items of others \({map.JobId}\), for [\d.]+ m?s; the next that is free takes 1 waiting item of this job up in its turn\.$", waits.Findings[0]);
        Says(
            @"^further jobs are refused: The pool has 2 jobs open, which is the most there may be\. Try again when some have ended\.$",
            waits.Findings.Single(finding => finding.Kind == FindingKind.AdmissionFull));
        gate.Make();
        await map.ReadToAsync(16);
        await other.ReadToAsync(1);
    }

    [Fact]
    public async Task What_a_job_took_is_told_when_it_is_over()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var start = new MapStart { Function = "sleep", Options = new MapOptions { ChunkSize = 1 } };
        var map = await StreamedMap.RunAsync(supervisor.Client, start, [.. Enumerable.Repeat("0.01", 50), "0.5", "\"x\"", .. Enumerable.Repeat("0.01", 48)]);
        var explained = await ExplainAsync(supervisor, map.Started.JobId);
        var job = explained.Job;
        Says(@"^completed: 100 items answered in .*, 1 of them failed\.$", explained.Findings.Single(finding => finding.Kind == FindingKind.JobEnded));
        Assert.Equal(100ul, job.ItemTimes.Count);
        Assert.InRange(job.ItemTimes.P50.ToTimeSpan().TotalMilliseconds, 10, 250);
        Assert.InRange(job.ItemTimes.Max.ToTimeSpan().TotalMilliseconds, 500, 60_000);
        Assert.Equal(100, job.ItemTimes.Histogram.Sum(bucket => (long)bucket.Count));
        Assert.Equal(100, job.WorkerItemTimes.Sum(worker => (long)worker.Times.Count));
        Assert.Equal(10, job.SlowestItems.Count);
        Assert.Equal(job.ItemTimes.Max, job.SlowestItems[0].RanFor);
        Assert.Equal(job.SlowestItems.Select(item => item.RanFor.ToTimeSpan()).OrderDescending(), job.SlowestItems.Select(item => item.RanFor.ToTimeSpan()));

        // On a busy machine another may have been slower still, and no ten.
        Assert.InRange(job.SlowestItems.Single(item => item.Index == 50).RanFor.ToTimeSpan().TotalMilliseconds, 500, 60_000);
        Assert.Equal((51ul, "ITEM_TYPE_MISMATCH"), (job.FailedItems.Single().Index, job.FailedItems.Single().Reason));
        Assert.Equal(new Attempts { Given = 100 }, job.Attempts);
        Assert.Equal(job.Busy, job.WorkerTimes.Working);
        Assert.Equal(100ul, job.FunctionItemTimes.Count);

        var listed = Assert.Single((await supervisor.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancellation)).Jobs);
        Assert.Equal((100ul, 0, 0, 0), (listed.ItemTimes.Count, listed.ItemTimes.Histogram.Count, listed.SlowestItems.Count, listed.FailedItems.Count));
        var pool = (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool;
        Assert.Equal(("sleep", 99ul, 1ul, 100ul), pool.Functions.Select(f => (f.Name, f.Succeeded, f.Failed, f.ItemTimes.Count)).Single());
        var workers = (await supervisor.Admin.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: Cancellation)).Workers;
        Assert.Equal(100, workers.Sum(worker => (long)worker.ItemTimes.Count));
        Assert.All(workers, worker => Assert.True(worker.WorkerTimes.Working.ToTimeSpan() > TimeSpan.Zero && worker.WorkerTimes.Starting.ToTimeSpan() > TimeSpan.Zero));
    }

    [Fact]
    public async Task Quick_items_are_measured_each_though_they_travel_together()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2);
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "square" }, [.. Json.Range(10_000)]);
        var times = (await ExplainAsync(supervisor, map.Started.JobId)).Job.ItemTimes;
        Assert.Equal((10_000ul, 10_000), (times.Count, times.Histogram.Sum(bucket => (long)bucket.Count)));
        Assert.True(times.P50.ToTimeSpan() <= times.P99.ToTimeSpan() && times.P99.ToTimeSpan() <= times.Max.ToTimeSpan());
    }

    [Fact]
    public async Task A_job_that_is_not_there()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1);
        var error = await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(supervisor, "job-99"));
        Assert.Equal((StatusCode.NotFound, "UNKNOWN_JOB"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
    }

    private static Task<RunningSupervisor> StartInitializedAsync(string initializer, TemporaryFile gate, int workers) => RunningSupervisor.StartAsync(
        workers, [Libraries.User], new Dictionary<string, string> { ["Pool__Initializer"] = initializer, ["Pool__InitializerArguments"] = $"[{gate.Item}]" });

    private static void Says(string pattern, Finding finding)
    {
        TestContext.Current.SendDiagnosticMessage(finding.Sentence);
        Assert.Matches(pattern, finding.Sentence);
    }

    private static async Task<ExplainJobResponse> ExplainAsync(RunningSupervisor supervisor, string id) =>
        await supervisor.Jobs.ExplainJobAsync(new ExplainJobRequest { Id = id }, cancellationToken: Cancellation);

    private static Task<ExplainJobResponse> ExplainedAsync(RunningSupervisor supervisor, string id, Func<ExplainJobResponse, bool> isWanted) =>
        Eventually.AskAsync(() => ExplainAsync(supervisor, id), isWanted);

    private static Task<JobStatus> JobAsync(RunningSupervisor supervisor, string id, Func<JobStatus, bool> isWanted) =>
        Eventually.AskAsync(async () => (await ExplainAsync(supervisor, id)).Job, isWanted);

    // What is said first.
    private static async Task<Finding> FirstAsync(
        RunningSupervisor supervisor, string id, FindingKind kind, FindingSeverity? severity = null, Func<Finding, bool>? isWanted = null) =>
        (await ExplainedAsync(
            supervisor,
            id,
            explained => explained.Findings[0] is var first && first.Kind == kind && (severity ?? first.Severity) == first.Severity && isWanted?.Invoke(first) is not false))
        .Findings[0];
}
