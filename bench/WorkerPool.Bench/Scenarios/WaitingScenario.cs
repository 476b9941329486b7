using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Many workers that wait: whether each further one brings as much as the first.</summary>
internal static class WaitingScenario
{
    private const string Pool = "Pool.map, chunks of 1";
    private const string Local = "LocalPool";
    private static readonly string[] Cases = ["1", "4", "16", "64"];

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "waiting",
        "items that sleep for 10 ms, chunks of 1, by number of workers: time slept over time of workers",
        Cases,
        [
            new OwnContender(Local, WaitingWorkload.Name),
            new PythonPeer(Pool, "pool_waiting.py", "waiting"),
        ],
        [
            .. Cases.Select(name => new Comparison(name, Metrics.OfLinear, Local, AtLeast(95))),
            .. Cases.Select(name => new Comparison(name, Metrics.OfLinear, Local) { Other = Pool }),
        ])
    {
        ShortCases = ["1", "4"],
        SmokeCase = "1",
    };
}
