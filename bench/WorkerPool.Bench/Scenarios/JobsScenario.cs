using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Many jobs at once: what they do together, and how evenly.</summary>
internal static class JobsScenario
{
    private const string Remote = "Supervisor";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "jobs",
        "32 jobs at once from 8 clients, beside one job",
        [ManyJobsWorkload.SquaresOfOne, ManyJobsWorkload.SquaresOfMany, ManyJobsWorkload.BurnsOfOne, ManyJobsWorkload.BurnsOfMany],
        [new OwnContender(Remote, ManyJobsWorkload.Name)],
        [
            Together(ManyJobsWorkload.SquaresOfMany, ManyJobsWorkload.SquaresOfOne),
            new(ManyJobsWorkload.SquaresOfMany, Metrics.Fairness, Remote, AtLeast(0.95)),
            Together(ManyJobsWorkload.BurnsOfMany, ManyJobsWorkload.BurnsOfOne),
            new(ManyJobsWorkload.BurnsOfMany, Metrics.Fairness, Remote, AtLeast(0.95)),
        ]);

    private static Comparison Together(string many, string one) =>
        new(many, Metrics.ItemsPerSecond, Remote, AtLeast(0.9)) { Other = Remote, OtherCase = one };
}
