namespace WorkerPool.Functional.Tests;

/// <summary>A Supervisor with narrow limits.</summary>
public sealed class TightSupervisor : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Limits = new()
    {
        ["Pool__WindowItems"] = "8",
        ["Pool__WindowBytes"] = "4096",
        ["Pool__MaxItemBytes"] = "1024",
        ["Pool__MaxValueBytes"] = "1024",
    };

    public RunningSupervisor Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await RunningSupervisor.StartAsync(workers: 1, [Libraries.User], Limits);

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
