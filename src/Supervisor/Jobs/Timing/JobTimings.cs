using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Jobs.Timing;

/// <summary>
/// Where the time of a job's workers went, by what their messages of results say: added to once a message. Pure; one thread.
/// </summary>
internal sealed class JobTimings
{
    /// <summary>Workers that are shown by themselves: those that answered most.</summary>
    public const int MostWorkers = 64;

    private readonly TimeHistogram _all = new();
    private readonly Dictionary<int, TimeHistogram> _byWorker = [];
    private readonly SlowestItems _slowest = new();
    private double _initializingNanoseconds;
    private double _sendingNanoseconds;

    /// <summary>The slowest items, the slowest first.</summary>
    public IReadOnlyList<SlowItem> Slowest => _slowest.Kept;

    /// <summary>Time that went before the first items.</summary>
    public TimeSpan Initializing => TimeSpan.FromMicroseconds(_initializingNanoseconds / 1000);

    /// <summary>Time that workers had items and did not run them.</summary>
    public TimeSpan Sending => TimeSpan.FromMicroseconds(_sendingNanoseconds / 1000);

    /// <summary>Adds a message of results.</summary>
    /// <param name="worker">Who sent it.</param>
    /// <param name="firstIndex">Index of the first result.</param>
    /// <param name="count">Results. Range: 0 and up.</param>
    /// <param name="results">The message.</param>
    /// <param name="sendingNanoseconds">Time that the worker had items and did not run them, for this message.</param>
    public void Add(WorkerIdentity worker, ulong firstIndex, int count, ChunkResults results, double sendingNanoseconds)
    {
        _initializingNanoseconds += results.InitializingNanoseconds;
        _sendingNanoseconds += sendingNanoseconds;
        if (count == 0)
        {
            return;
        }

        _all.Add(count, results);
        if (!_byWorker.TryGetValue(worker.Slot, out var times))
        {
            _byWorker.Add(worker.Slot, times = new TimeHistogram());
        }

        times.Add(count, results);
        _slowest.Add(new SlowItem(firstIndex + (results.Times?.SlowestPosition ?? 0), worker.Slot, TimeHistogram.LongestOf(results)));
    }

    /// <summary>How long all items took; <c>null</c> before the first answer.</summary>
    /// <param name="withBuckets">Whether the summary is to have buckets.</param>
    public TimeSummary? Read(bool withBuckets) => _all.Read(withBuckets);

    /// <summary>How long items took by the slots of their workers, by number.</summary>
    public IReadOnlyList<(int Slot, TimeSummary Times)> ReadByWorker() =>
    [
        .. _byWorker
            .Select(each => (Slot: each.Key, Times: each.Value.Read()!))
            .OrderByDescending(each => each.Times.Count).Take(MostWorkers).OrderBy(each => each.Slot),
    ];
}
