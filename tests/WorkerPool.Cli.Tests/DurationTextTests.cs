using WorkerPool.Cli.Input;

namespace WorkerPool.Cli.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("2", 2000)]
    [InlineData("2s", 2000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("3m", 180_000)]
    [InlineData("0.25", 250)]
    public void A_time_has_a_unit_or_is_in_seconds(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("0ms", true)]
    [InlineData("5m", true)]
    [InlineData("-1", false)]
    [InlineData("", false)]
    public void A_grace_may_be_nothing(string text, bool isOne) => Assert.Equal(isOne, DurationText.TryParseOrZero(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("s")]
    [InlineData("2h")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("2 s ")]
    public void Anything_else_is_none(string text) => Assert.False(DurationText.TryParse(text, out _));
}
