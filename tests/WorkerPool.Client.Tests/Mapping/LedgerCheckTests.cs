using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Tests.Mapping;

public sealed class LedgerCheckTests
{
    [Theory]
    [InlineData(false, 5, 3, 2, 0, null)]
    [InlineData(true, 5, 3, 1, 1, null)]
    [InlineData(true, 4, 3, 1, 0, null)]
    [InlineData(false, 5, 3, 1, 0, "accepted is not succeeded")]
    [InlineData(false, 4, 3, 1, 0, "accepted is not what was sent")]
    [InlineData(true, 6, 3, 1, 2, "accepted is not what was sent")]
    [InlineData(false, 5, 4, 1, 0, "not what was answered")]
    [InlineData(false, 5, 3, 1, 1, "cancelled")]
    public void The_ledger_is_compared_with_what_was_seen(
        bool stopped, ulong accepted, ulong succeeded, ulong failed, ulong cancelled, string? problem)
    {
        var summary = new V1.MapSummary
        {
            Outcome = stopped ? V1.JobOutcome.Stopped : V1.JobOutcome.Completed,
            Ledger = new V1.Ledger { Accepted = accepted, Succeeded = succeeded, Failed = failed, Cancelled = cancelled },
        };
        var errors = accepted == 5 && failed == 2 ? 2UL : 1UL;
        var found = LedgerCheck.ProblemOf(summary, 5, 3, errors);
        if (problem is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(problem, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_summary_without_a_ledger_is_refused() => Assert.NotNull(LedgerCheck.ProblemOf(new V1.MapSummary(), 0, 0, 0));
}
