namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>What counts as the output that a page shows.</summary>
public sealed class ExpectedOutputTests
{
    [Fact]
    public void Lines_shown_are_the_lines_of_both_streams_in_any_interleaving()
    {
        Assert.True(ExpectedOutput.Matches(["1", "bad", "2"], ["1", "2"], ["bad"]));
        Assert.True(ExpectedOutput.Matches(["bad", "1", "2"], ["1", "2"], ["bad"]));
    }

    [Fact]
    public void A_line_too_few_too_many_or_in_another_order_is_noticed()
    {
        Assert.False(ExpectedOutput.Matches(["1", "2"], ["1", "2"], ["bad"]));
        Assert.False(ExpectedOutput.Matches(["1", "2", "3"], ["1", "2"], []));
        Assert.False(ExpectedOutput.Matches(["2", "1"], ["1", "2"], []));
        Assert.False(ExpectedOutput.Matches([], ["1"], []));
    }

    [Fact]
    public void An_ellipsis_stands_for_any_text_of_a_line_or_for_any_lines()
    {
        Assert.True(ExpectedOutput.Matches(["0 restarts; …"], [], ["0 restarts; 0.1 s"]));
        Assert.False(ExpectedOutput.Matches(["0 restarts; …"], [], ["1 restart; 0.1 s"]));
        Assert.True(ExpectedOutput.Matches(["took … s, speed-up …"], [], ["took 1 s, speed-up 2"]));
        Assert.True(ExpectedOutput.Matches(["1", "…", "9"], ["1", "2", "3", "9"], ["note"]));
        Assert.True(ExpectedOutput.Matches(["1", "…"], ["1"], []));
        Assert.False(ExpectedOutput.Matches(["1", "…", "9"], ["1", "2"], []));
    }
}
