using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>One Supervisor with very many workers: whether dispatch slows down.</summary>
internal static class WorkersScenario
{
    private const string Simulated = "Supervisor, simulated workers";
    private const string InProcess = "InProcessPool";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "workers",
        "echo, chunks of 1, on workers in the Supervisor's process, by number of workers",
        ["8", "500"],
        [
            // What is measured is the Supervisor, though it is not a process of its own.
            new OwnContender(Simulated, ManyWorkersWorkload.Simulated) { RuntimeOf = "WorkerPool.Supervisor" },
            new OwnContender(InProcess, ManyWorkersWorkload.InProcess),
        ],
        [
            new("8", Metrics.ItemsPerSecond, Simulated),
            new("500", Metrics.ItemsPerSecond, Simulated, AtLeast(0.8)) { Other = Simulated, OtherCase = "8" },
            new("8", Metrics.ItemsPerSecond, InProcess),
            new("500", Metrics.ItemsPerSecond, InProcess) { Other = InProcess, OtherCase = "8" },
        ])
    {
        SmokeCase = "8",
    };
}
