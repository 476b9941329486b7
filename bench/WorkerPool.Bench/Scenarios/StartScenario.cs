using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>From nothing to the first result.</summary>
internal static class StartScenario
{
    private const string Case = "first result";
    private const string Local = "LocalPool";
    private const string Command = "workerpool map";
    private const string Fork = "Pool by fork";
    private const string Spawn = "Pool by spawn";
    private const string Script = "python3 with a Pool";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "start",
        "from the start of a pool, or of a command, to the first result",
        [Case],
        [
            new OwnContender(Local, StartWorkload.Name),
            new PythonPeer(Fork, "pool_start.py", "fork"),
            new PythonPeer(Spawn, "pool_start.py", "spawn"),
            new OwnContender(Command, CommandStartWorkload.Own),
            new ProgramPeer(Script, CommandStartWorkload.Python, "python3"),
        ],
        [
            new(Case, Metrics.FirstResult, Local, AtMost(0.25).AsAim()),
            new(Case, Metrics.FirstResult, Command, AtMost(0.5)),
            new(Case, Metrics.FirstResult, Local) { Other = Fork },
            new(Case, Metrics.FirstResult, Local) { Other = Spawn },
            new(Case, Metrics.FirstResult, Command) { Other = Script },
        ]);
}
