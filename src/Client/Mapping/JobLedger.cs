namespace WorkerPool.Client;

/// <summary>
/// A job's closing account: accepted = succeeded + failed + cancelled. Items that failed before they were sent are in
/// it like any other.
/// </summary>
/// <param name="Accepted">Items taken on.</param>
/// <param name="Succeeded">Items answered with a value.</param>
/// <param name="Failed">Items answered with an error.</param>
/// <param name="Cancelled">Items dropped unanswered because the job ended early.</param>
public readonly record struct JobLedger(long Accepted, long Succeeded, long Failed, long Cancelled);
