namespace WorkerPool.Supervisor.Security;

/// <summary>What one caller may take of a pool, over all its tokens and connections; beside the limits of the pool.</summary>
/// <param name="MaxOpenJobs">Maps that it may have open at once. Range: 1 and up. Default: <c>null</c>, no limit.</param>
/// <param name="MaxOpenApplies">Single calls that it may have open at once. Range: 1 and up. Default: <c>null</c>, no limit.</param>
/// <param name="MaxBufferedBytes">Bytes of items and values that its jobs may hold together. Range: 2 MiB and up.
/// Default: <c>null</c>, no limit.</param>
/// <param name="RequestsPerSecond">Calls that it may make in a second, on average and at once. Range: 1 and up.
/// Default: <c>null</c>, no limit.</param>
/// <param name="Weight">Its share of worker time, over all its jobs, in proportion to other callers'. Range: above 0, up to 1000. Default: 1.</param>
public sealed record CallerLimits(
    int? MaxOpenJobs = null, int? MaxOpenApplies = null, long? MaxBufferedBytes = null, int? RequestsPerSecond = null, double Weight = 1)
{
    /// <summary>No limits but those of the pool.</summary>
    public static CallerLimits None { get; } = new();
}
