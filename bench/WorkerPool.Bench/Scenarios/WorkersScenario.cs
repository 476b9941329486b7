using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>One Supervisor with very many workers: whether dispatch slows down.</summary>
internal static class WorkersScenario
{
    private const string InProcess = "InProcessPool";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "workers",
        "square, chunks of 1, on workers that are threads of one process, by number of workers",
        ["8", "500"],
        [new OwnContender(InProcess, ManyWorkersWorkload.Name)],
        [
            new("8", Metrics.ItemsPerSecond, InProcess),
            new("500", Metrics.ItemsPerSecond, InProcess, AtLeast(0.8)) { Other = InProcess, OtherCase = "8" },
        ])
    {
        SmokeCase = "8",
    };
}
