using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Explaining;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Explaining;

/// <summary>Makes what is seen of a job and its pool at one moment.</summary>
internal static class Scenes
{
    /// <summary>The job that is explained: 1,000 of 2,000 items are answered, 100 a second.</summary>
    public static JobSnapshot AJob { get; } = new()
    {
        Number = 1,
        Id = "job-1",
        Spec = new JobSpec(new WorkOrder("square", Encoding.Json, Encoding.Json, null, 0), ItemCount: 2000),
        State = JobState.Running,
        Ledger = new JobLedger(1000, 1000, 0, 0),
        WorkersInUse = 2,
        Elapsed = Seconds(10),
        ItemTimes = Times(1000, 0.1),
    };

    /// <summary>It runs: nothing holds it up.</summary>
    public static JobStanding Standing { get; } = new()
    {
        Stage = JobStage.Running,
        StageFor = Seconds(10),
        AnsweredAgo = Seconds(0.1),
        AcceptedAgo = Seconds(0.2),
        WindowItems = 1024,
        WindowBytes = 64 << 20,
        CountsFromZero = true,
    };

    /// <summary>A pool of two workers that are ready, and have items of the job.</summary>
    public static JobScene Open { get; } = new() { Job = AJob, Standing = Standing, Workers = [AWorker(1, "job-1"), AWorker(2, "job-1")] };

    /// <summary>A worker that is ready.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="jobs">The jobs that it has items of.</param>
    public static SceneWorker AWorker(int number, params string[] jobs) => new() { Name = $"worker-{number}", Jobs = jobs };

    /// <summary>A worker that runs an item of the job.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="item">The item.</param>
    public static SceneWorker AWorker(int number, SceneItem item) => AWorker(number, "job-1") with { Running = [item] };

    /// <summary>Times of items with a p99.</summary>
    public static TimeSummary Times(long count, double p99) =>
        new(count, Seconds(p99 / 4), Seconds(p99 / 2), Seconds(p99), Seconds(p99), Seconds(count * p99 / 4), []);

    /// <summary>So many seconds.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
