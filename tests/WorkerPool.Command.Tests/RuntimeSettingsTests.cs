using System.Text.Json;

namespace WorkerPool.Command.Tests;

/// <summary>What the programs ask of .NET, as it lies beside them: nobody would notice if it were lost, but for the time that things take.</summary>
public sealed class RuntimeSettingsTests
{
    private const string CallCountingDelay = "System.Runtime.TieredCompilation.CallCountingDelayMs";
    private const string SpinLimit = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";
    private const string CollectsBeside = "System.GC.Concurrent";
    private const string CompilesByProfile = "System.Runtime.TieredPGO";

    [Theory]
    [InlineData("workerpool", CallCountingDelay, "30")]
    [InlineData("workerpool", SpinLimit, "20")]
    [InlineData("workerpool", CollectsBeside, "False")]
    [InlineData("WorkerPool.Supervisor", CallCountingDelay, "30")]
    [InlineData("WorkerPool.Supervisor", SpinLimit, "20")]
    [InlineData("WorkerPool.Supervisor", CollectsBeside, "False")]
    [InlineData("WorkerPool.Supervisor", CompilesByProfile, "False")]
    [InlineData("WorkerPool.WorkerHost", CallCountingDelay, "30")]
    [InlineData("WorkerPool.WorkerHost", SpinLimit, "20")]
    [InlineData("WorkerPool.WorkerHost", CompilesByProfile, "True")]
    public void A_program_has_its_settings(string program, string setting, string value)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{program}.runtimeconfig.json")));
        var settings = file.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.Equal(value, settings.GetProperty(setting).ToString());
    }
}
