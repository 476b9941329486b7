using System.Globalization;
using WorkerPool.Chaos;

namespace WorkerPool.Fault.Tests;

/// <summary>The chaos run, a short one, and its command line.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task A_short_run_keeps_every_promise()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await ChaosCommand.RunAsync(["--duration", "10s", "--faults", "kill,stop,exit,timeout", "--workers", "2", "--seed", "4"], output);
        Assert.True(code == 0, output.ToString());
        Assert.Matches(@"strikes: \w+ worker killed", output.ToString());
    }

    [Theory]
    [InlineData("--faults", "kill,flood", "no fault \"flood\"")]
    [InlineData("--duration", "soon", "no duration")]
    [InlineData("--duration", "0s", "no duration")]
    [InlineData("--items", "0", "1 or more")]
    [InlineData("--workers", "many", "many")]
    public async Task What_cannot_be_run_is_a_usage_error(string option, string value, string named)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(2, await ChaosCommand.RunAsync([option, value], output));
        Assert.Contains(named, output.ToString(), StringComparison.Ordinal);
    }
}
