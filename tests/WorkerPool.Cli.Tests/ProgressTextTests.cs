using WorkerPool.Cli.Output;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class ProgressTextTests
{
    [Fact]
    public void Running_items_that_say_so_are_shown_with_their_progress_and_no_more_than_four() => Assert.Equal(
        "0 done, 0 failed, 0.0/s, item 1 0 %, item 2 10 %, item 3 20 %, item 4 30 %, …",
        ProgressText.Format(
            0, 0, null, TimeSpan.Zero, 80, items: [.. Enumerable.Range(0, 5).Select(i => new RunningItem(i + 1, "worker-1", TimeSpan.Zero, i / 10.0))]));

    [Fact]
    public void It_says_how_far_and_how_long_still() => Assert.Equal(
        "[##########----------] 50/100 done, 2 failed, 5.0/s, 0:10 left",
        ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), 62));

    [Fact]
    public void Workers_are_counted_where_they_are_known_and_those_that_died_where_any_did()
    {
        Assert.Equal(
            "50/100 done, 2 failed, 5.0/s, 4 workers, 0:10 left", ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), 52, workers: 4));
        Assert.Equal(
            "50/100 done, 2 failed, 5.0/s, 1 worker, 3 died, 0:10 left",
            ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), 58, workers: 1, died: 3));
    }

    [Fact]
    public void Without_a_total_there_is_no_bar() => Assert.Equal(
        "1500 done, 0 failed, 150/s", ProgressText.Format(1500, 0, null, TimeSpan.FromSeconds(10), 80));

    [Fact]
    public void The_bar_gives_way_to_the_text() => Assert.Equal(
        "50/100 done, 2 failed, 5.0/s, 0:10 left", ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), 42));

    [Fact]
    public void While_the_pool_is_looked_for_nobody_knows_how_long_still() => Assert.Equal(
        "50/100 done, 2 failed, 5.0/s, reconnecting",
        ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), 44, isReconnecting: true));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void It_is_never_wider_than_the_terminal(int width) =>
        Assert.True(ProgressText.Format(50, 2, 100, TimeSpan.FromSeconds(10), width).Length <= width);

    [Fact]
    public void Nothing_done_and_no_time_gone_is_fine() => Assert.Equal(
        "[------------------------------] 0/10 done, 0 failed, 0.0/s", ProgressText.Format(0, 0, 10, TimeSpan.Zero, 80));

    [Fact]
    public void Hours_are_shown_as_such() => Assert.EndsWith(
        "2:46:39 left", ProgressText.Format(1, 0, 10_000, TimeSpan.FromSeconds(1), 80), StringComparison.Ordinal);
}
