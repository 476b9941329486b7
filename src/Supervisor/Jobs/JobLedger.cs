namespace WorkerPool.Supervisor.Jobs;

/// <summary>A job's account. Closed: accepted = succeeded + failed + cancelled.</summary>
/// <param name="Accepted">Items taken on.</param>
/// <param name="Succeeded">Items answered with a value.</param>
/// <param name="Failed">Items answered with an error.</param>
/// <param name="Cancelled">Items dropped because the job ended early.</param>
public readonly record struct JobLedger(long Accepted, long Succeeded, long Failed, long Cancelled)
{
    /// <summary>Items that are neither answered nor dropped.</summary>
    public long Open => Accepted - Succeeded - Failed - Cancelled;

    /// <summary>The account when the job ends: what is open is cancelled.</summary>
    public JobLedger Close() => this with { Cancelled = Cancelled + Open };

    /// <summary>The account with more items taken on.</summary>
    /// <param name="count">How many.</param>
    public JobLedger Accept(int count) => this with { Accepted = Accepted + count };

    /// <summary>The account with more items answered.</summary>
    /// <param name="count">How many.</param>
    /// <param name="failed">How many of them failed.</param>
    public JobLedger Answer(int count, int failed) =>
        this with { Succeeded = Succeeded + count - failed, Failed = Failed + failed };
}
