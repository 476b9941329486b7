using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>One call at a time: what the way there and back takes.</summary>
internal static class ApplyScenario
{
    private const string Case = "square";
    private const string Local = "LocalPool";
    private const string Remote = "Supervisor";
    private const string OneHop = "limit: unary call, one hop";
    private const string TwoHops = "limit: unary call, two hops";
    private const string Pool = "Pool.apply";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "apply",
        "one Apply at a time",
        [Case],
        [
            new OwnContender(Local, ApplyWorkload.Local),
            new OwnContender(OneHop, RelayApplyWorkload.OneHop),
            new OwnContender(Remote, ApplyWorkload.Remote),
            new OwnContender(TwoHops, RelayApplyWorkload.TwoHops),
            new PythonPeer(Pool, "pool_apply.py", "apply"),
        ],
        [
            .. Each(Metrics.CallMedian),
            .. Each(Metrics.CallP99),
        ]);

    private static IEnumerable<Comparison> Each(string metric) =>
    [
        new(Case, metric, Remote, AtMost(1.3)) { Other = TwoHops },
        new(Case, metric, Local, AtMost(1.3)) { Other = OneHop },
        new(Case, metric, Local) { Other = Pool },
    ];
}
