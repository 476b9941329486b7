using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>A job and all that may explain where it is, at one moment.</summary>
internal sealed record JobScene
{
    /// <summary>The job, with its details.</summary>
    public required JobSnapshot Job { get; init; }

    /// <summary>What it waits for; <c>null</c> when it is over.</summary>
    public JobStanding? Standing { get; init; }

    /// <summary>The slots and their workers.</summary>
    public IReadOnlyList<SceneWorker> Workers { get; init; } = [];

    /// <summary>Why no worker of the pool can start; <c>null</c> when they can.</summary>
    public StartFailure? PoolFailure { get; init; }

    /// <summary>Time until the pool ends its open jobs; <c>null</c> unless it drains.</summary>
    public TimeSpan? DrainLeft { get; init; }

    /// <summary>Why further jobs of the job's caller are refused; <c>null</c> when they are not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Puts it together.</summary>
    /// <param name="job">The job.</param>
    /// <param name="standing">What it waits for; <c>null</c> when it is over.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="refusal">Why further jobs of the job's caller are refused; <c>null</c> when they are not.</param>
    /// <param name="time">Tells how long items have run.</param>
    public static JobScene Of(JobSnapshot job, JobStanding? standing, PoolSnapshot pool, string? refusal, TimeProvider time)
    {
        var listed = pool.OpenJobs.Where(open => !open.Spec.IsApply).Select(open => open.Number).ToHashSet();
        return new JobScene
        {
            Job = job,
            Standing = standing,
            Workers = [.. pool.Workers.Select(worker => Of(worker))],
            PoolFailure = pool.Failure,
            DrainLeft = pool.DrainLeft,
            Refusal = refusal,
        };

        SceneWorker Of(WorkerSnapshot worker) => new()
        {
            Name = $"worker-{worker.Slot.Number}",
            State = worker.Slot.State,
            StateFor = worker.Slot.StateFor,
            FailuresInARow = worker.Slot.FailuresInARow,
            NextStartIn = worker.Slot.NextStartIn,
            LastDeath = worker.Slot.LastDeath,
            StartFailure = worker.Slot.StartFailure,
            Jobs = [.. worker.Jobs.Select(NameOf).Distinct()],
            Other = worker.Items.FirstOrDefault(item => item.JobNumber != job.Number) is { } other ? (NameOf(other.JobNumber), Item(other)) : null,
            Running = [.. worker.Items.Where(item => item.JobNumber == job.Number).Select(Item)],
        };

        string NameOf(ulong number) => listed.Contains(number) ? $"job-{number}" : "single calls";

        SceneItem Item(ItemSnapshot item) => new(
            item.Running.Index,
            time.GetElapsedTime(item.Running.StartedAt),
            item.Running.Progress,
            item.Running.IsConstructor ? "constructor" : item.Running.IsSetup ? "initializer" : null);
    }
}
