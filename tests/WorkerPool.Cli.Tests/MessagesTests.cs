using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class MessagesTests
{
    [Fact]
    public void The_closing_line_has_ledger_restarts_and_speed_up() => Assert.Equal(
        "10 items: 8 succeeded, 1 failed, 1 cancelled; 0 restarts; 2.01 s elapsed, speed-up 1.9",
        Messages.ForSummary(new MapSummary
        {
            JobId = "job-1",
            Ledger = new JobLedger(10, 8, 1, 1),
            Elapsed = TimeSpan.FromSeconds(2.01),
            Busy = TimeSpan.FromSeconds(3.81),
        }));

    [Fact]
    public void One_is_one() => Assert.StartsWith(
        "1 item: 1 succeeded, 0 failed, 0 cancelled; 1 restart; ",
        Messages.ForSummary(new MapSummary { JobId = "job-1", Ledger = new JobLedger(1, 1, 0, 0), WorkerRestarts = 1 }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "0 restarts; 1 resume; 0.00 s")]
    [InlineData(2, "0 restarts; 2 resumes; 0.00 s")]
    public void Resumes_are_told_where_there_were_any(int count, string expected) => Assert.Contains(
        expected,
        Messages.ForSummary(new MapSummary { JobId = "job-1", Ledger = new JobLedger(1, 1, 0, 0), Resumes = count }),
        StringComparison.Ordinal);

    [Fact]
    public void A_failed_item_has_one_line() => Assert.Equal(
        "item 3: ITEM_TYPE_MISMATCH: square takes a number", Messages.ForItem(new ItemFailedException(3, "ITEM_TYPE_MISMATCH", "square takes\n a number")));

    [Fact]
    public void What_others_wrote_does_not_steer_the_terminal() => Assert.Equal(
        "item 3: FUNCTION_FAILED: [31mred ]0;title and more",
        Messages.ForItem(new ItemFailedException(3, "FUNCTION_FAILED", "\u001b[31mred\u001b]0;title\a\tand\r\nmore")));
}
