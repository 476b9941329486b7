using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Items of very different times: whether automatic chunks leave some behind long ones.</summary>
internal static class StragglersScenario
{
    private const string Local = "LocalPool";
    private const string Remote = "Supervisor";
    private const string OneAChunk = "Pool.imap";
    private const string OwnChunks = "Pool.map";
    private static readonly string[] Cases = [Stragglers.First, Stragglers.Quarter, Stragglers.Middle, Stragglers.Last, Stragglers.Lognormal];

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "stragglers",
        "1 item of 2 s among 2000 of 1 ms, 200 items with lognormal times: over the in-order list schedule",
        Cases,
        [
            new OwnContender(Local, StragglersWorkload.Local),
            new OwnContender(Remote, StragglersWorkload.Remote),
            new PythonPeer(OneAChunk, "pool_stragglers.py", "imap"),
            new PythonPeer(OwnChunks, "pool_stragglers.py", "map"),
        ],
        [
            .. Cases.Select(name => new Comparison(name, Metrics.Makespan, Local, AtMost(1.05))),
            .. Cases.Select(name => new Comparison(name, Metrics.Makespan, Remote, AtMost(1.05))),
            .. Cases.Select(name => new Comparison(name, Metrics.Makespan, Local) { Other = OneAChunk }),
            .. Cases.Select(name => new Comparison(name, Metrics.Makespan, Local) { Other = OwnChunks }),
        ]);
}
