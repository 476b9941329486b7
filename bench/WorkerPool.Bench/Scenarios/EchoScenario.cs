using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Byte items there and back: what a byte costs.</summary>
internal static class EchoScenario
{
    private const string Local = "LocalPool";
    private const string Remote = "Supervisor";
    private const string Relay = "limit: bare relay, two hops";
    private const string Pool = "Pool.imap";

    /// <summary>The scenario.</summary>
    public static Scenario Create() => new(
        "echo",
        "echo of distinct byte items, one way",
        [EchoWorkload.KiB1, EchoWorkload.KiB64, EchoWorkload.MiB1],
        [
            new OwnContender(Local, EchoWorkload.Local),
            new OwnContender(Remote, EchoWorkload.Remote),
            new OwnContender(Relay, RelayEchoWorkload.Name),
            new PythonPeer(Pool, "pool_echo.py", "echo"),
        ],
        [
            .. Each(EchoWorkload.KiB1, 2),
            .. Each(EchoWorkload.KiB64, 2),
            .. Each(EchoWorkload.MiB1, 1.5),
        ]);

    private static IEnumerable<Comparison> Each(string name, double overPool) =>
    [
        new(name, Metrics.BytesPerSecond, Remote, AtLeast(0.9)) { Other = Relay },
        new(name, Metrics.BytesPerSecond, Local, AtLeast(0.9)) { Other = Relay },
        new(name, Metrics.BytesPerSecond, Local, AtLeast(overPool).AsAim()) { Other = Pool },
        new(name, Metrics.BytesPerSecond, Remote) { Other = Pool },
    ];
}
