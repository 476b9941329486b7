using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Peers;
using WorkerPool.Bench.Workloads;
using static WorkerPool.Bench.Scenarios.Target;

namespace WorkerPool.Bench.Scenarios;

/// <summary>Squares of integers, with chunks of several sizes and with those of each one's default: what an item costs that costs nothing.</summary>
internal static class ChunksScenario
{
    private const string Local = "LocalPool";
    private const string Remote = "Supervisor";
    private const string Pool = "Pool.imap";
    private const string Executor = "ProcessPoolExecutor.map";
    private const string Joblib = "joblib auto";
    private const string Dask = "Dask";
    private const string Threads = "Parallel.ForEachAsync";
    private const string Default = SquareWorkload.DefaultChunks;
    private static readonly string[] Cases = ["1", "16", "256", "4096", Default];

    /// <summary>In order.</summary>
    public static Scenario Ordered() => new(
        "chunks",
        "square of integers, imap, by chunk size",
        Cases,
        [
            new OwnContender(Local, SquareWorkload.LocalOrdered),
            new OwnContender(Remote, SquareWorkload.RemoteOrdered),
            new PythonPeer(Pool, "multiprocessing_pool.py", "imap"),
            new PythonPeer(Executor, "process_pool_executor.py", "map"),
            new PythonPeer(Joblib, "joblib_parallel.py", "map", "joblib") { Takes = name => name == Default },
            new PythonPeer(Dask, "dask_client.py", "map", "distributed") { Takes = name => name == Default },
            new OwnContender(Threads, ParallelWorkload.Name) { Takes = name => name == Default },
        ],
        [
            .. Each(Local),
            .. Each(Remote),
            new(Default, Metrics.ItemsPerSecond, Local) { Other = Threads },
        ]);

    /// <summary>As they complete.</summary>
    public static Scenario Unordered() => new(
        "unordered",
        "square of integers, imap_unordered, by chunk size",
        Cases,
        [
            new OwnContender("LocalPool, unordered", SquareWorkload.LocalUnordered),
            new OwnContender("LocalPool, ordered", SquareWorkload.LocalOrdered),
            new PythonPeer("Pool.imap_unordered", "multiprocessing_pool.py", "imap_unordered"),
        ],
        [
            .. Cases.Select(name => new Comparison(name, Metrics.ItemsPerSecond, "LocalPool, unordered", AtLeast(1)) { Other = "LocalPool, ordered" }),
            .. Cases.Select(name => new Comparison(name, Metrics.ItemsPerSecond, "LocalPool, unordered") { Other = "Pool.imap_unordered" }),
        ]);

    private static IEnumerable<Comparison> Each(string ours) =>
    [
        Row(ours, "1", Pool, AtLeast(4)), Row(ours, "1", Executor, AtLeast(15)),
        Row(ours, "16", Pool, AtLeast(3)), Row(ours, "16", Executor),
        Row(ours, "256", Pool, AtLeast(2)), Row(ours, "256", Executor),
        Row(ours, "4096", Pool, AtLeast(1.5)), Row(ours, "4096", Executor),
        Row(ours, Default, Pool, AtLeast(20)), Row(ours, Default, Executor), Row(ours, Default, Joblib, AtLeast(5)), Row(ours, Default, Dask),
    ];

    private static Comparison Row(string ours, string name, string peer, Target? target = null) =>
        new(name, Metrics.ItemsPerSecond, ours, target) { Other = peer };
}
