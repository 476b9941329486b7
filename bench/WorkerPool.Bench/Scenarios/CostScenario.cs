using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Processor time: what a million squares cost in each process.</summary>
internal static class CostScenario
{
    private const string Case = "256";
    private const string Remote = "Supervisor";
    private const string Pool = "Pool.imap";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "cost",
        "processor time for a million squares in chunks of 256, by process",
        [Case],
        [
            new OwnContender(Remote, CostWorkload.Name),
            new PythonPeer(Pool, "pool_cost.py", "cost"),
        ],
        [
            new(Case, Metrics.MiddleCpu, Remote),
            new(Case, Metrics.ClientCpu, Remote) { Other = Pool },
            new(Case, Metrics.WorkersCpu, Remote) { Other = Pool },
        ]);
}
