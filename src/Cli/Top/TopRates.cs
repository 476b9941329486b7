using WorkerPool.Client;

namespace WorkerPool.Cli.Top;

/// <summary>What changed between the last two samples, a second, and the pool's rate over a while. Pure.</summary>
internal sealed class TopRates
{
    /// <summary>Rates that are kept of the pool.</summary>
    public const int MostPast = 60;

    private readonly Queue<double> _past = [];
    private TopSample? _before;
    private TopSample? _now;

    /// <summary>Items that the pool answered a second.</summary>
    public double Pool { get; private set; }

    /// <summary>The same of the samples before, the oldest first; the last one last.</summary>
    public IReadOnlyCollection<double> Past => _past;

    /// <summary>Takes the next sample.</summary>
    public void Add(TopSample sample)
    {
        (_before, _now) = (_now, sample);
        Pool = Rate(_before?.Pool.AnsweredItems, sample.Pool.AnsweredItems);
        if (_before is not null)
        {
            _past.Enqueue(Pool);
        }

        if (_past.Count > MostPast)
        {
            _past.Dequeue();
        }
    }

    /// <summary>Items of a job that were answered a second; over its life where it was not seen before.</summary>
    public double Of(JobStatus job) =>
        job.State == JobState.Running && _before?.Jobs.FirstOrDefault(other => other.Id == job.Id) is { } before
            ? Rate(Answered(before), Answered(job))
            : job.ItemsPerSecond;

    /// <summary>Items that a worker answered a second.</summary>
    public double Of(WorkerStatus worker) => Before(worker) is { } before ? Rate(before.AnsweredItems, worker.AnsweredItems) : 0;

    /// <summary>Processors that a worker kept busy; <c>null</c> where that is not known.</summary>
    public double? ProcessorsOf(WorkerStatus worker) =>
        Before(worker)?.CpuTime is { } before && worker.CpuTime is { } now && Seconds > 0 ? Math.Max(0, (now - before).TotalSeconds / Seconds) : null;

    /// <summary>Items of a job that were answered.</summary>
    public static long Answered(JobStatus job) => job.Ledger.Succeeded + job.Ledger.Failed;

    private double Seconds => _before is null || _now is null ? 0 : (_now.At - _before.At).TotalSeconds;

    // Another process in its place began anew.
    private WorkerStatus? Before(WorkerStatus worker) =>
        _before?.Workers.FirstOrDefault(other => other.Name == worker.Name && other.Incarnation == worker.Incarnation);

    private double Rate(long? before, long now) => before is { } count && Seconds > 0 ? Math.Max(0, (now - count) / Seconds) : 0;
}
