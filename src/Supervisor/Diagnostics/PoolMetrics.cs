using System.Diagnostics.Metrics;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// The pool's instruments, docs/metrics.md in code. Counters are read when they are asked for, from sums that the
/// owner loop keeps: counting costs an addition, whoever listens. Only histograms are told of each measurement.
/// </summary>
internal sealed class PoolMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "WorkerPool";

    private static readonly double[] ItemSeconds =
        [1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];

    private static readonly double[] ChunkSeconds =
        [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];

    private static readonly double[] JobSeconds = [1e-3, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 4 * 3600, 24 * 3600];

    private readonly long[] _restarts = new long[Enum.GetValues<RestartCause>().Length];

    /// <summary>Instruments without measurements.</summary>
    /// <param name="time">The clock.</param>
    public PoolMetrics(TimeProvider time)
    {
        Times = new WorkerTimes(time);
        Meter = new Meter(MeterName);
        Count("workerpool.items.accepted", "{item}", "Items taken on by jobs, single calls among them.", totals => totals.Accepted);
        Meter.CreateObservableCounter(
            "workerpool.items.answered", ReadAnswered, "{item}",
            "Items that left their job's account: with a value, with an error, or dropped because the job ended early. " +
            "An ordered job counts an item when its turn has come.");
        Count("workerpool.item.bytes", "By", "Bytes of items taken on.", totals => totals.ItemBytes);
        Count("workerpool.value.bytes", "By", "Bytes of values that jobs gave.", totals => totals.ValueBytes);
        Count("workerpool.chunks.dispatched", "{chunk}", "Chunks given to workers.", totals => totals.Chunks);
        Meter.CreateObservableCounter(
            "workerpool.attempts", ReadAttempts, "{item}",
            "Items given to workers: again after a try that failed or crashed (rerun), or not (first). An item that came back " +
            "uncharged, because it was reclaimed or another one killed its worker, counts as first again.");
        Count("workerpool.items.reclaimed", "{item}", "Items that workers handed back, not started, for others to run.", totals => totals.Reclaimed);
        Meter.CreateObservableCounter(
            "workerpool.worker.restarts", ReadRestarts, "{restart}",
            "Workers that had to be replaced: exited by themselves, ended by a signal of others, ended by the pool, or not started. " +
            "Ends at shutdown, and of slots that are not wanted any more, do not count.");
        Meter.CreateObservableCounter(
            "workerpool.worker.time", ReadTimes, "s",
            "Worker time. start: from launch to ready; initialize: what jobs need before their first item; idle: ready without items; run: running items, as the worker measured, " +
            "counted when results come; send: the rest of the time with items, in which they or their results travelled or waited. " +
            "What a dead worker did after its last results is in none.");
        ItemDuration = Histogram(
            "workerpool.item.duration", "Time an item runs: the mean of the items that one result of a chunk answers, one record each.", ItemSeconds);
        ChunkDuration = Histogram(
            "workerpool.chunk.duration", "From a chunk's dispatch until each of its items is answered or handed back.", ChunkSeconds);
        JobDuration = Histogram("workerpool.job.duration", "From a map's start to its end.", JobSeconds);
        ApplyDuration = Histogram("workerpool.apply.duration", "From a single call's start to its end.", ChunkSeconds);
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <summary>Totals by function.</summary>
    public FunctionLabels Functions { get; } = new();

    /// <summary>Worker time by stage.</summary>
    public WorkerTimes Times { get; }

    /// <summary>Durations of items, in seconds.</summary>
    public Histogram<double> ItemDuration { get; }

    /// <summary>Durations of chunks, in seconds.</summary>
    public Histogram<double> ChunkDuration { get; }

    /// <summary>Durations of maps, in seconds.</summary>
    public Histogram<double> JobDuration { get; }

    /// <summary>Durations of single calls, in seconds.</summary>
    public Histogram<double> ApplyDuration { get; }

    /// <summary>Counts a restart. Safe for several threads.</summary>
    /// <param name="cause">Why.</param>
    public void CountRestart(RestartCause cause) => Interlocked.Increment(ref _restarts[(int)cause]);

    /// <summary>Adds the gauges of a pool.</summary>
    /// <param name="latest">Gives what the owner loop last published.</param>
    /// <param name="slots">Gives the pool's slots.</param>
    public void Observe(Func<PoolGauges> latest, Func<IReadOnlyList<SlotSnapshot>> slots)
    {
        const string Late = " Up to 0.2 s old.";
        Meter.CreateObservableGauge(
            "workerpool.backlog.items", () => latest().BacklogItems, "{item}", "Items of open jobs that wait for a worker." + Late);
        Meter.CreateObservableGauge(
            "workerpool.backlog.time", () => latest().BacklogTime.TotalSeconds, "s",
            "Worker time that the backlog is expected to take, from the mean time of each job's items so far; " +
            "items of jobs without an answer yet count nothing." + Late);
        Meter.CreateObservableGauge<long>(
            "workerpool.jobs.open",
            () => [new(latest().OpenMaps, Tag("kind", "map")), new(latest().OpenApplies, Tag("kind", "apply"))],
            "{job}", "Open jobs: maps, and single calls." + Late);
        Meter.CreateObservableGauge(
            "workerpool.window.utilization",
            () => latest() is { WindowItems: > 0 } gauges ? gauges.HeldItems / (double)gauges.WindowItems : 0,
            "1", "Items in the windows of all open jobs, sent and not acknowledged, over what the windows hold together; 0 without jobs." + Late);
        Meter.CreateObservableGauge(
            "workerpool.workers", () => WorkerStates.Count(slots(), latest().BusyWorkers), "{worker}", "Slots by the state of their worker." + Late);
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void Count(string name, string unit, string description, Func<FunctionTotals, long> read) =>
        Meter.CreateObservableCounter(
            name, () => Functions.All.Select(totals => new Measurement<long>(read(totals), totals.Label)), unit, description);

    private Histogram<double> Histogram(string name, string description, double[] bounds) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private IEnumerable<Measurement<long>> ReadAnswered()
    {
        foreach (var totals in Functions.All)
        {
            yield return new(totals.Succeeded, totals.Label, Tag("outcome", "succeeded"));
            yield return new(totals.Failed, totals.Label, Tag("outcome", "failed"));
            yield return new(totals.Cancelled, totals.Label, Tag("outcome", "cancelled"));
        }
    }

    private IEnumerable<Measurement<long>> ReadAttempts()
    {
        foreach (var totals in Functions.All)
        {
            yield return new(totals.FirstAttempts, totals.Label, Tag("kind", "first"));
            yield return new(totals.Reruns, totals.Label, Tag("kind", "rerun"));
        }
    }

    private IEnumerable<Measurement<long>> ReadRestarts() => Enum.GetValues<RestartCause>().Select(cause => new Measurement<long>(
        Interlocked.Read(ref _restarts[(int)cause]),
        Tag("cause", cause switch
        {
            RestartCause.Exit => "exit",
            RestartCause.Signal => "signal",
            RestartCause.Pool => "pool",
            _ => "start_failed",
        })));

    private IEnumerable<Measurement<double>> ReadTimes()
    {
        var sums = Times.Read();
        return
        [
            new(sums.Starting.TotalSeconds, Tag("stage", "start")),
            new(sums.Initializing.TotalSeconds, Tag("stage", "initialize")),
            new(sums.Waiting.TotalSeconds, Tag("stage", "idle")),
            new(sums.Working.TotalSeconds, Tag("stage", "run")),
            new(sums.Sending.TotalSeconds, Tag("stage", "send")),
        ];
    }
}
