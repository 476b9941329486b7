using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;
using static WorkerPool.Supervisor.Explaining.Wording;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>What of the pool the job waits for.</summary>
internal static partial class JobExplanation
{
    private const int MostRestarting = 5;
    private const int ManyFailures = 3;
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(5);

    private static Finding? NoWorkerReady(JobScene scene)
    {
        if (scene.Workers.Any(worker => worker.State == SlotState.Ready))
        {
            return null;
        }

        if (scene.PoolFailure is { } failure)
        {
            return Finding.Of(
                FindingKind.NoWorkerReady, FindingSeverity.Error, $"no worker ready: {Clause(failure.Message)}.",
                ("reason", failure.Reason), ("ready_workers", "0"), ("slots", Digits(scene.Workers.Count)));
        }

        var starting = scene.Workers.Where(worker => worker.State is SlotState.Starting or SlotState.Vacant).ToList();
        var longest = starting.Count > 0 ? starting.Max(worker => worker.StateFor) : TimeSpan.Zero;
        var waiting = scene.Workers.Where(worker => worker.NextStartIn is not null).ToList();
        var last = scene.Workers.Select(worker => worker.StartFailure).FirstOrDefault(text => text.Length > 0);
        var parts = new List<string>();
        if (starting.Count > 0)
        {
            parts.Add($"{(starting.Count == 1 ? $"{starting[0].Name} is" : $"{Number(starting.Count)} are")} being started, for {Time(longest)}");
        }

        if (waiting.MinBy(worker => worker.NextStartIn) is { } next)
        {
            parts.Add($"{next.Name} restarts in {Time(next.NextStartIn!.Value)} ({Ordinal(next.FailuresInARow)} failure in a row)");
        }

        if (parts.Count == 0)
        {
            parts.Add(scene.Workers.Count == 0 ? "the pool has no slots" : "those there are end");
        }

        return Finding.Of(
            FindingKind.NoWorkerReady,
            last is null && waiting.Count == 0 && longest < UsualStart ? FindingSeverity.Info : FindingSeverity.Warning,
            $"no worker ready: {string.Join("; ", parts)}{(last is null ? "" : $"; the last start failed: {Clause(last)}")}.",
            ("ready_workers", "0"), ("slots", Digits(scene.Workers.Count)), ("starting_workers", Digits(starting.Count)),
            ("for", starting.Count > 0 ? Seconds(longest) : null));
    }

    // Where none is ready, that finding has said it of the next.
    private static IEnumerable<Finding> Restarting(JobScene scene)
    {
        var isNoneReady = scene.Workers.All(worker => worker.State != SlotState.Ready);
        var failing = scene.Workers
            .Where(worker => worker.NextStartIn is not null ? !isNoneReady || worker.FailuresInARow >= ManyFailures : worker.FailuresInARow >= ManyFailures)
            .OrderByDescending(worker => worker.FailuresInARow)
            .ToList();
        foreach (var worker in failing.Take(MostRestarting))
        {
            var why = worker.StartFailure.Length > 0 ? worker.StartFailure : worker.LastDeath;
            var row = $"{Ordinal(worker.FailuresInARow)} failure in a row";
            yield return Finding.Of(
                FindingKind.WorkerRestarting,
                FindingSeverity.Warning,
                (worker.NextStartIn is { } next
                    ? $"{worker.Name} restarts in {Time(next)} ({row})"
                    : $"{worker.Name} {(worker.State == SlotState.Ready ? "has been" : "is being")} started again after its {row}") +
                (why.Length > 0 ? $": {Clause(why)}." : "."),
                ("worker", worker.Name), ("failures_in_a_row", Digits(worker.FailuresInARow)),
                ("next_start_in", worker.NextStartIn is { } span ? Seconds(span) : null));
        }

        if (failing.Count > MostRestarting)
        {
            var more = failing.Count - MostRestarting;
            yield return Finding.Of(
                FindingKind.WorkerRestarting, FindingSeverity.Warning, $"{Counted(more, "further worker")} failed to stay up likewise.",
                ("workers", Digits(more)));
        }
    }

    private static Finding? OtherJobs(JobScene scene, JobStanding standing)
    {
        var ready = scene.Workers.Where(worker => worker.State == SlotState.Ready).ToList();
        var taken = ready.Where(worker => worker.Jobs.Count > 0 && !worker.Jobs.Contains(scene.Job.Id)).ToList();
        if (scene.Job.WaitingItems == 0 || !standing.CanTake || taken.Count == 0 || ready.Any(worker => worker.Jobs.Count == 0))
        {
            return null;
        }

        var jobs = taken.SelectMany(worker => worker.Jobs).Distinct().ToList();
        var own = ready.Count - taken.Count;
        return Finding.Of(
            FindingKind.OtherJobs,
            own == 0 ? Waited(standing.StageFor) : FindingSeverity.Info,
            own == 0
                ? $"all {Counted(ready.Count, "ready worker")} have items of others ({List(jobs)}), for {Time(standing.StageFor)}; the next that is free takes {Counted(scene.Job.WaitingItems, "waiting item")} of this job up in its turn."
                : $"{Number(taken.Count)} of {Counted(ready.Count, "ready worker")} have items of others ({List(jobs)}); jobs share workers' time by weight, {Number(scene.Job.WaitingItems)} of this job's items wait.",
            ("ready_workers", Digits(ready.Count)), ("taken_workers", Digits(taken.Count)), ("jobs", string.Join(' ', jobs)),
            ("waiting_items", Digits(scene.Job.WaitingItems)), ("for", own == 0 ? Seconds(standing.StageFor) : null));
    }

    private static Finding? WorkerLimit(JobScene scene, JobStanding standing)
    {
        var idle = scene.Workers.Count(worker => worker.State == SlotState.Ready && worker.Jobs.Count == 0);
        return scene.Job.Spec.WorkOrder.MaxWorkers is { } most && scene.Job.WorkersInUse >= most && standing.CanTake && idle > 0
            ? Finding.Of(
                FindingKind.WorkerLimit,
                FindingSeverity.Info,
                $"the job has the {Counted(most, "worker")} that max_workers lets it have; {Number(idle)} more {(idle == 1 ? "is" : "are")} idle and {Counted(scene.Job.WaitingItems, "item")} {(scene.Job.WaitingItems == 1 ? "waits" : "wait")}.",
                ("max_workers", Digits(most)), ("idle_workers", Digits(idle)), ("waiting_items", Digits(scene.Job.WaitingItems)))
            : null;
    }

    private static Finding? Draining(JobScene scene) => scene.DrainLeft is { } left
        ? Finding.Of(
            FindingKind.PoolDraining,
            FindingSeverity.Warning,
            $"the pool drains: it takes no further jobs, and ends those that are open in {Time(left)} at the latest.",
            ("grace_left", Seconds(left)))
        : null;

    private static Finding? AdmissionFull(JobScene scene) => scene.Refusal is { } refusal
        ? Finding.Of(FindingKind.AdmissionFull, FindingSeverity.Info, $"further jobs are refused: {Clause(refusal)}.")
        : null;
}
