using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Tests.Configuration;

public sealed class WorkerCountTests
{
    [Theory]
    [InlineData("cpus", 8, 8)]
    [InlineData("cpus-1", 8, 7)]
    [InlineData("cpus-1", 1, 1)]
    [InlineData("1", 8, 1)]
    [InlineData("1024", 8, 1024)]
    public void A_count_is_a_number_or_follows_the_cpus(string setting, int cpus, int expected)
    {
        Assert.True(WorkerCount.TryParse(setting, cpus, out var count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1025")]
    [InlineData("2.5")]
    [InlineData(" 2")]
    [InlineData("two")]
    [InlineData("CPUS")]
    [InlineData("")]
    public void Anything_else_is_refused(string setting) => Assert.False(WorkerCount.TryParse(setting, 8, out _));
}
