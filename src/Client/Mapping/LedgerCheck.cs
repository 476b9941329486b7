using System.Globalization;

namespace WorkerPool.Client.Mapping;

/// <summary>Compares a job's closing account with what this side sent and was given.</summary>
internal static class LedgerCheck
{
    /// <summary>Says what does not add up; <c>null</c> if all does.</summary>
    /// <param name="summary">The pool's account.</param>
    /// <param name="sent">Items sent.</param>
    /// <param name="values">Values that came.</param>
    /// <param name="errors">Errors that came.</param>
    public static string? ProblemOf(V1.MapSummary summary, ulong sent, ulong values, ulong errors)
    {
        if (summary.Ledger is not { } ledger)
        {
            return "the summary has no ledger";
        }

        var stopped = summary.Outcome == V1.JobOutcome.Stopped;
        if (ledger.Accepted != ledger.Succeeded + ledger.Failed + ledger.Cancelled)
        {
            return Say("accepted is not succeeded + failed + cancelled");
        }

        // A job that stops may do so before it has seen all that was sent.
        if (stopped ? ledger.Accepted > sent : ledger.Accepted != sent)
        {
            return Say("accepted is not what was sent");
        }

        if (ledger.Succeeded != values || ledger.Failed != errors)
        {
            return Say("succeeded and failed are not what was answered");
        }

        return !stopped && ledger.Cancelled != 0 ? Say("items were cancelled in a job that was not stopped") : null;

        string Say(string what) => string.Create(
            CultureInfo.InvariantCulture,
            $"the ledger does not add up, {what}: it has accepted {ledger.Accepted}, succeeded {ledger.Succeeded}, "
            + $"failed {ledger.Failed}, cancelled {ledger.Cancelled}; sent were {sent}, {values} values and {errors} errors came");
    }
}
