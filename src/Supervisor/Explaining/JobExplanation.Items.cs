using System.Globalization;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;
using static WorkerPool.Supervisor.Explaining.Wording;

namespace WorkerPool.Supervisor.Explaining;

/// <summary>What runs, and what waits for it.</summary>
internal static partial class JobExplanation
{
    private const int MostStragglers = 3;
    private const int EnoughItems = 10;
    private const double MuchLonger = 4;

    private static IEnumerable<(SceneWorker Worker, SceneItem Item)> Running(JobScene scene) =>
        scene.Workers.SelectMany(worker => worker.Running.Select(item => (worker, item)));

    // Of few items nobody can say what is usual; then those of the function, of all jobs, have to do.
    private static IEnumerable<Finding> Stragglers(JobScene scene)
    {
        var (usual, whose) = scene.Job switch
        {
            { ItemTimes: { Count: >= EnoughItems } times } => (times, "the job's p99"),
            { FunctionTimes: { Count: >= EnoughItems } times } => (times, $"the p99 of {scene.Job.Spec.WorkOrder.Function}"),
            _ => ((TimeSummary?)null, ""),
        };
        if (usual is null || usual.P99 <= TimeSpan.Zero)
        {
            yield break;
        }

        var stragglers = Running(scene)
            .Where(running => running.Item.Setup is null && running.Item.RunningFor >= NoWait && running.Item.RunningFor >= MuchLonger * usual.P99)
            .OrderByDescending(running => running.Item.RunningFor);
        foreach (var (worker, item) in stragglers.Take(MostStragglers))
        {
            var times = item.RunningFor / usual.P99;
            var limit = scene.Job.Spec.WorkOrder.ItemTimeout;
            yield return Finding.Of(
                FindingKind.Straggler,
                FindingSeverity.Warning,
                $"item {item.Index} has run {Time(item.RunningFor)} on {worker.Name}, {Word((long)times)} times {whose} of {Time(usual.P99)}" +
                (item.Progress is { } progress ? string.Create(CultureInfo.InvariantCulture, $"; it says that it is {100 * progress:0} % done") : "") +
                (limit is { } timeout ? $"; its timeout is {Time(timeout)}" : "; it has no timeout") + ".",
                ("item", item.Index.ToString(CultureInfo.InvariantCulture)), ("worker", worker.Name), ("running_for", Seconds(item.RunningFor)),
                ("p99", Seconds(usual.P99)), ("times", times.ToString("0.#", CultureInfo.InvariantCulture)),
                ("progress", item.Progress?.ToString("0.##", CultureInfo.InvariantCulture)),
                ("item_timeout", limit is { } span ? Seconds(span) : null));
        }
    }

    private static Finding? HeldByOrder(JobScene scene, JobStanding standing)
    {
        if (standing is not { OrderedResults: > 0, NextIndex: { } next })
        {
            return null;
        }

        var (worker, item) = Running(scene).FirstOrDefault(running => running.Item.Setup is null && running.Item.Index == next);
        if (item is null || item.RunningFor < NoWait)
        {
            return null;
        }

        return Finding.Of(
            FindingKind.HeldByOrder,
            standing.HeldItems >= standing.WindowItems ? FindingSeverity.Warning : FindingSeverity.Info,
            $"{Counted(standing.OrderedResults, "result")} {(standing.OrderedResults == 1 ? "waits" : "wait")} for item {next}, which comes before {(standing.OrderedResults == 1 ? "it" : "them")} in the order of the input and has run {Time(item.RunningFor)} on {worker!.Name}.",
            ("results", Digits(standing.OrderedResults)), ("item", next.ToString(CultureInfo.InvariantCulture)), ("worker", worker.Name),
            ("running_for", Seconds(item.RunningFor)));
    }

    // They were given to the worker because what it had was expected to be over soon.
    private static IEnumerable<Finding> QueuedBehind(JobScene scene, JobStanding standing)
    {
        var behind = scene.Workers
            .Where(worker => worker.Running.Count == 0 && worker.Jobs.Contains(scene.Job.Id) && worker.Other?.Item.RunningFor >= NoWait)
            .OrderByDescending(worker => worker.Other!.Value.Item.RunningFor);
        foreach (var worker in behind.Take(MostStragglers))
        {
            var (other, item) = worker.Other!.Value;
            var held = standing.OrderedResults > 0 ? $"; {Counted(standing.OrderedResults, "result")} may wait for them in the order of the input" : "";
            yield return Finding.Of(
                FindingKind.QueuedBehind,
                FindingSeverity.Warning,
                $"items of the job wait on {worker.Name} behind {(item.Setup is null ? $"item {item.Index} of {other}" : $"the {item.Setup} of {other}")}, which has run {Time(item.RunningFor)}{held}.",
                ("worker", worker.Name), ("job", other), ("item", item.Setup is null ? item.Index.ToString(CultureInfo.InvariantCulture) : null),
                ("running_for", Seconds(item.RunningFor)), ("results", Digits(standing.OrderedResults)));
        }
    }

    private static IEnumerable<Finding> Preparing(JobScene scene) => Running(scene)
        .Where(running => running.Item.Setup is not null)
        .OrderByDescending(running => running.Item.RunningFor)
        .Take(1)
        .Select(running => Finding.Of(
            FindingKind.Preparing,
            Waited(running.Item.RunningFor),
            $"{running.Worker.Name} prepares for its first item: " +
            (running.Item.Setup == "constructor"
                ? $"the constructor of {scene.Job.Spec.WorkOrder.ObjectClass} has run {Time(running.Item.RunningFor)}."
                : $"shared arguments and the job's initializer have taken {Time(running.Item.RunningFor)}."),
            ("worker", running.Worker.Name), ("what", running.Item.Setup), ("running_for", Seconds(running.Item.RunningFor))));

    private static Finding? FirstItems(JobScene scene)
    {
        if (scene.Job.Answered > 0 || Running(scene).Where(running => running.Item.Setup is null).ToList() is not { Count: > 0 } running)
        {
            return null;
        }

        var (worker, item) = running.MaxBy(each => each.Item.RunningFor);
        return Finding.Of(
            FindingKind.FirstItems,
            FindingSeverity.Info,
            $"the first items run: item {item.Index} for {Time(item.RunningFor)} on {worker.Name}; how long its items take is not known yet.",
            ("item", item.Index.ToString(CultureInfo.InvariantCulture)), ("worker", worker.Name), ("running_for", Seconds(item.RunningFor)));
    }

    private static Finding? AwaitingRerun(JobStanding standing) => standing.AwaitingRerun > 0
        ? Finding.Of(
            FindingKind.AwaitingRerun,
            FindingSeverity.Info,
            $"{Counted(standing.AwaitingRerun, "item")} {(standing.AwaitingRerun == 1 ? "waits" : "wait")} to be tried again, after a failure or because a worker died that ran {(standing.AwaitingRerun == 1 ? "it" : "them")}; one that may have killed a worker waits for one that has nothing else.",
            ("items", Digits(standing.AwaitingRerun)))
        : null;
}
