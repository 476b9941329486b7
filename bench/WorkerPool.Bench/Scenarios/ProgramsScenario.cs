using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;

namespace WorkerPool.Bench.Scenarios;

/// <summary>A program for each item.</summary>
internal static class ProgramsScenario
{
    private const string Case = "/bin/echo";
    private const string Own = "workerpool map --exec";
    private const string Parallel = "GNU parallel";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "programs",
        "a program for each of 2000 items, the whole command, in order",
        [Case],
        [new OwnContender(Own, ProgramsWorkload.Own), new ProgramPeer(Parallel, ProgramsWorkload.Parallel, "parallel")],
        [new(Case, Metrics.ItemsPerSecond, Own) { Other = Parallel }]);
}
