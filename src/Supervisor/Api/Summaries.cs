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
        Ledger = new Ledger
        {
            Accepted = (ulong)summary.Ledger.Accepted,
            Succeeded = (ulong)summary.Ledger.Succeeded,
            Failed = (ulong)summary.Ledger.Failed,
            Cancelled = (ulong)summary.Ledger.Cancelled,
        },
        WorkerRestarts = (uint)summary.WorkerRestarts,
        Elapsed = Duration.FromTimeSpan(summary.Elapsed),
        Busy = Duration.FromTimeSpan(summary.Busy),
    };
}
