using CsCheck;
using WorkerPool.Supervisor.Jobs;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class JobLedgerTests
{
    [Fact]
    public void A_closed_account_adds_up() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50]).Sample((succeeded, failed, open) =>
        {
            var ledger = default(JobLedger).Accept(succeeded + failed + open).Answer(succeeded + failed, failed);
            Assert.Equal(open, ledger.Open);
            var closed = ledger.Close();
            Assert.Equal(new JobLedger(succeeded + failed + open, succeeded, failed, open), closed);
            Assert.Equal(0, closed.Open);
            Assert.Equal(closed, closed.Close());
        });
}
