using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Items that keep processors busy: what the pool takes away from them.</summary>
internal static class BurnScenario
{
    private const string Case = "10 ms of processor time";
    private const string Pool = "Pool.imap";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "burn",
        "CPU-bound items: processor time of items over that of two processors",
        [Case],
        [
            new OwnContender("LocalPool", BurnWorkload.Local),
            new OwnContender("Supervisor", BurnWorkload.Remote),
            new PythonPeer(Pool, "pool_burn.py", "burn"),
        ],
        [
            new(Case, Metrics.OfIdeal, "LocalPool", AtLeast(97)),
            new(Case, Metrics.OfIdeal, "Supervisor", AtLeast(97)),
            new(Case, Metrics.OfIdeal, "LocalPool") { Other = Pool },
        ]);
}
