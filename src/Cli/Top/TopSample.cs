using WorkerPool.Client;

namespace WorkerPool.Cli.Top;

/// <summary>A pool as it was seen at one moment.</summary>
/// <param name="At">When, on any one clock that does not go back.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Workers">Its workers.</param>
/// <param name="Jobs">Its jobs, the newest first: those that run, and a few that are over.</param>
internal sealed record TopSample(TimeSpan At, PoolStatus Pool, IReadOnlyList<WorkerStatus> Workers, IReadOnlyList<JobStatus> Jobs);
