using WorkerPool.V1;

namespace WorkerPool.Fault.Tests;

/// <summary>A Supervisor with the faulty functions, for the cells of one class. Its end checks that nothing is left.</summary>
/// <param name="settings">Settings beside the common ones.</param>
public abstract class FaultyPool(params (string Name, string Value)[] settings) : IAsyncLifetime
{
    /// <summary>Workers.</summary>
    public const int Workers = 2;

    /// <summary>Of a worker, in bytes.</summary>
    public const long MemoryLimit = 900L << 20;

    // One that leaks is replaced before it is killed.
    private const long RecycleAbove = 300L << 20;

    /// <summary>The library.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", "FaultFunctions", "FaultFunctions.dll");

    /// <summary>Settings of every pool here. A death is a death of its item, and never one of a pool that cannot start workers.</summary>
    public static IReadOnlyDictionary<string, string> Common { get; } = new Dictionary<string, string>
    {
        ["Pool__SilenceLimit"] = "00:00:30",
        ["Pool__CancellationGrace"] = "00:00:30",
        ["Pool__MaxCrashes"] = "1",
        ["Pool__MaxRestarts"] = "1000",
        ["Pool__MemoryLimit"] = $"{MemoryLimit}",
        ["Pool__RecycleAboveMemory"] = $"{RecycleAbove}",
    };

    /// <summary>How often an item may be running when its worker dies.</summary>
    public int MaxCrashes { get; } = int.Parse(
        settings.Where(setting => setting.Name == "Pool__MaxCrashes").Select(setting => setting.Value).SingleOrDefault("1"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The Supervisor.</summary>
    public RunningSupervisor Running { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var all = new Dictionary<string, string>(Common);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        Running = await RunningSupervisor.StartAsync(Workers, [Library], all);
    }

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Running.DisposeAsync();
    }

    /// <summary>Runs a cell whose fault strikes while its item runs.</summary>
    internal async Task RunAsync(FaultKind fault, Phase phase, Order order)
    {
        var map = await StreamedMap.RunAsync(Running.Client, FaultyJob.Start(fault, order), FaultyJob.Items(fault, phase));
        await CheckAsync(fault, phase, order, map.Results, map.Summary);
    }

    /// <summary>Checks all that came of a cell's job, and that nothing is left.</summary>
    internal async Task CheckAsync(
        FaultKind fault,
        Phase phase,
        Order order,
        IReadOnlyList<(ulong Index, string? Value, ItemError? Error)> results,
        MapSummary? summary)
    {
        var (value, error) = FaultyJob.Faulty(results, phase, order);
        var expected = Expected.Of(fault, phase);
        switch (expected)
        {
            case Expected.Value:
                Assert.NotNull(value);
                FaultyJob.AddsUp(summary, failed: 0, restarts: 0);
                break;
            case Expected.Error { Reason: var reason, Type: var type }:
                Assert.Equal((reason, type, 1u), (error?.Reason, error?.Type, error?.Attempts));
                FaultyJob.AddsUp(summary, failed: 1, restarts: 0);
                break;
            case Expected.Timeout { IsKilled: var isKilled }:
                ErrorChecks.IsTimeout(error, fault, isKilled, FaultyJob.ItemTimeout);
                FaultyJob.AddsUp(summary, failed: 1, restarts: isKilled ? 1u : 0u);
                break;
            case Expected.Crash crash:
                var suspicions = fault == FaultKind.CloseSession ? 1 : 0;
                ErrorChecks.IsCrash(error, crash, fault, MaxCrashes, suspicions);
                FaultyJob.AddsUp(summary, failed: 1, restarts: (uint)(MaxCrashes + suspicions));
                break;
        }

        if (fault == FaultKind.Leak)
        {
            await LeaksAreGoneAsync();
        }

        await NothingIsLeftAsync();
    }

    /// <summary>Waits until no worker holds more memory than it may hold for long.</summary>
    private Task LeaksAreGoneAsync() => Eventually.AskAsync(
        async () => (await Running.Admin.ListWorkersAsync(new ListWorkersRequest())).Workers, workers => workers.All(worker => worker.MemoryBytes < RecycleAbove));

    /// <summary>Waits until nothing is left of the workers that have died.</summary>
    internal Task NothingIsLeftAsync() => Eventually.AskAsync(
        () => Task.FromResult(string.Join(", ", Running.Program.LeftoversOfTheDead(Workers))), leftovers => leftovers.Length == 0);
}
