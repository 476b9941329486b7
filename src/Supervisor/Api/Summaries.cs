using Google.Protobuf.WellKnownTypes;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>A job's closing account as it goes to clients.</summary>
internal static class Summaries
{
    /// <summary>The message for an account.</summary>
    /// <param name="summary">The account.</param>
    public static MapSummary From(JobSummary summary) => new()
    {
        JobId = summary.JobId,
        Outcome = summary.Outcome,
        Ledger = From(summary.Ledger),
        WorkerRestarts = (uint)summary.WorkerRestarts,
        Elapsed = Duration.FromTimeSpan(summary.Elapsed),
        Busy = Duration.FromTimeSpan(summary.Busy),
    };

    /// <summary>The message for a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    public static Ledger From(JobLedger ledger) => new()
    {
        Accepted = (ulong)ledger.Accepted,
        Succeeded = (ulong)ledger.Succeeded,
        Failed = (ulong)ledger.Failed,
        Cancelled = (ulong)ledger.Cancelled,
    };
}
