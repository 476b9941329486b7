using WorkerPool.V1;

namespace WorkerPool.Dashboard.Sampling;

/// <summary>A pool as all who look see it, at one moment. Nothing in it changes.</summary>
public sealed record PoolSample
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The pool; of an earlier moment where <see cref="Problem"/> says so.</summary>
    public required PoolStatus Pool { get; init; }

    /// <summary>Its workers, by slot.</summary>
    public required IReadOnlyList<WorkerSample> Workers { get; init; }

    /// <summary>Its jobs, the newest first; the last hundred.</summary>
    public required IReadOnlyList<JobStatus> Jobs { get; init; }

    /// <summary>Single calls since its start.</summary>
    public required ulong ApplyCount { get; init; }

    /// <summary>How it went of late.</summary>
    public required PoolTrends Trends { get; init; }

    /// <summary>What happened, the newest first; the last two hundred.</summary>
    public required IReadOnlyList<PoolEvent> Events { get; init; }

    /// <summary>The jobs that somebody looks at closely, by id.</summary>
    public required IReadOnlyDictionary<string, ExplainJobResponse?> JobDetails { get; init; }

    /// <summary>The workers that somebody looks at closely, by name.</summary>
    public required IReadOnlyDictionary<string, GetWorkerResponse?> WorkerDetails { get; init; }

    /// <summary>Why this is older than it should be; empty when it is not.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>How a pool went of late, a value a second: the last values, and all of them drawn.</summary>
/// <param name="ItemsPerSecond">Items answered in the last second.</param>
/// <param name="Median">Half of these items ran no longer.</param>
/// <param name="Slow">99 of a hundred ran no longer.</param>
/// <param name="BusyPercent">Part of the workers' time in which they ran items.</param>
/// <param name="Throughput">Items answered a second.</param>
/// <param name="ItemTime">The median of each second, and above it the time that one of a hundred items ran longer than.</param>
/// <param name="Waiting">Items that waited for a worker.</param>
/// <param name="Busy">Part of the workers' time in which they ran items.</param>
public sealed record PoolTrends(
    double ItemsPerSecond,
    TimeSpan Median,
    TimeSpan Slow,
    double BusyPercent,
    TrendChart Throughput,
    TrendChart ItemTime,
    TrendChart Waiting,
    TrendChart Busy)
{
    /// <summary>As many values as are kept.</summary>
    public const int Capacity = 120;
}

/// <summary>A worker with what it used of late.</summary>
/// <param name="Status">The worker.</param>
/// <param name="CpuPercent">Processor time over time, in the last second; 100 is one processor.</param>
/// <param name="CpuPoints">The same of the last minute, as the points of a line.</param>
/// <param name="MemoryPoints">Its memory in the last minute, as the points of a line.</param>
public sealed record WorkerSample(WorkerStatus Status, double CpuPercent, string CpuPoints, string MemoryPoints);
