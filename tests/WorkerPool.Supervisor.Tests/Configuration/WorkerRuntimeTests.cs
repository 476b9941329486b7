using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Tests.Configuration;

public class WorkerRuntimeTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(4, 2, false)]
    [InlineData(5, 2, true)]
    [InlineData(64, 2, true)]
    [InlineData(64, 32, false)]
    public void Workers_that_are_many_more_than_processors_neither_spin_nor_compile_twice_or_soon(int workers, int processors, bool isSet)
    {
        var environment = new Dictionary<string, string?> { ["HOME"] = "/home/me" };
        WorkerRuntime.Of(workers, processors).SetIn(environment);
        Assert.Equal(
            isSet ? ["DOTNET_TC_CallCountingDelayMs=64", "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0", "DOTNET_TieredPGO=0", "HOME=/home/me"] : ["HOME=/home/me"],
            environment.Select(entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_environment_says_already_stays()
    {
        var environment = new Dictionary<string, string?> { ["DOTNET_TieredPGO"] = "1" };
        WorkerRuntime.Of(100, 1).SetIn(environment);
        Assert.Equal("1", environment["DOTNET_TieredPGO"]);
    }
}
