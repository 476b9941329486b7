namespace WorkerPool.Client;

/// <summary>How a map ended.</summary>
public sealed record MapSummary
{
    /// <summary>
    /// Id of the job, as the pool's logs and dashboard have it. Each of several streams is a job of its own there: that of
    /// the last one.
    /// </summary>
    public required string JobId { get; init; }

    /// <summary>Whether it ended early because an item failed and it was to stop then.</summary>
    public bool Stopped { get; init; }

    /// <summary>What became of the items.</summary>
    public JobLedger Ledger { get; init; }

    /// <summary>How many workers died while they had items of this job.</summary>
    public int WorkerRestarts { get; init; }

    /// <summary>
    /// How often the connection broke and the job went on over another. Of a stream that broke the restarts and the time
    /// busy are not known: they are those of the last one.
    /// </summary>
    public int Resumes { get; init; }

    /// <summary>From the job's start to its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// Time that workers spent running the job's items, summed over workers. Zero, as are the restarts, where an item
    /// that failed on the caller's side stopped the job: the pool's account is not waited for then.
    /// </summary>
    public TimeSpan Busy { get; init; }

    /// <summary>How many times faster than one worker the job was: <see cref="Busy"/> over <see cref="Elapsed"/>.</summary>
    public double SpeedUp => Elapsed > TimeSpan.Zero ? Busy / Elapsed : 0;
}
