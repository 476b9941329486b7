using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>A long input and a slow reader: whether memory stays flat.</summary>
internal static class MemoryScenario
{
    private const string Case = "10 million integers";
    private const string Remote = "Supervisor";
    private const string Pool = "Pool.imap, chunks of 256";
    private const double MostBytes = 150e6;

    // What a garbage collector's heap may breathe.
    private const double MostGrowth = 1.1;

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "memory",
        "10 million integers from an iterator, a reader of 500,000 a second: memory resident at most; last third over second",
        [Case],
        [
            new OwnContender(Remote, MemoryWorkload.Name),
            new PythonPeer(Pool, "pool_memory.py", "memory"),
        ],
        [
            new(Case, Metrics.SupervisorPeak, Remote, AtMost(MostBytes)),
            new(Case, Metrics.ClientPeak, Remote, AtMost(MostBytes)),
            new(Case, Metrics.SupervisorGrowth, Remote, AtMost(MostGrowth)),
            new(Case, Metrics.ClientGrowth, Remote, AtMost(MostGrowth)),
            new(Case, Metrics.ClientPeak, Remote) { Other = Pool },
        ]);
}
