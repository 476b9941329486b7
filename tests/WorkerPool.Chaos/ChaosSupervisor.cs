using WorkerPool.Client;

namespace WorkerPool.Chaos;

/// <summary>The Supervisor of a run: a process that can be killed and started again on its port.</summary>
internal sealed class ChaosSupervisor : IAsyncDisposable
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "fixtures", "FaultFunctions", "FaultFunctions.dll");
    private const int LastLines = 30;
    private readonly ChaosOptions _options;
    private readonly ChaosReport _report;
    private volatile bool _mayEnd;

    private ChaosSupervisor(ChaosOptions options, ChaosReport report, SupervisorProgram program, string address)
    {
        _options = options;
        _report = report;
        Program = program;
        Address = address;
    }

    /// <summary>How often an item may be running when its worker dies: more often than chance hits one.</summary>
    public const int MaxCrashes = 5;

    /// <summary>How long an item may run where that is limited.</summary>
    public static TimeSpan ItemTimeout { get; } = TimeSpan.FromSeconds(4);

    /// <summary>The program that runs.</summary>
    public SupervisorProgram Program { get; private set; }

    /// <summary>Where each of them listens.</summary>
    public string Address { get; }

    /// <summary>Starts the first.</summary>
    public static async Task<ChaosSupervisor> StartAsync(ChaosOptions options, ChaosReport report)
    {
        var (program, address) = await StartAsync(options, "http://127.0.0.1:0");
        var supervisor = new ChaosSupervisor(options, report, program, address);
        _ = supervisor.WatchAsync(program);
        return supervisor;
    }

    /// <summary>Ends the one that runs with SIGKILL and starts the next.</summary>
    public async Task ReplaceAsync()
    {
        _mayEnd = true;
        if (!Program.Ended.IsCompleted)
        {
            await Program.KillAsync();
        }

        (Program, _) = await StartAsync(_options, Address);
        _mayEnd = false;
        _ = WatchAsync(Program);
    }

    /// <summary>Ends the one that runs in order.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        _mayEnd = true;
        return Program.StopAsync();
    }

    /// <summary>Its workers, as far as their processes are there.</summary>
    public async Task<IReadOnlyList<WorkerStatus>> WorkersAsync(Pool pool, CancellationToken cancellation)
    {
        var workers = await pool.Admin.ListWorkersAsync(cancellation);
        var own = ProcessEntry.DescendantsOf(Program.ProcessId).Select(process => process.Id).ToHashSet();
        return [.. workers.Where(worker => worker.ProcessId is { } id && own.Contains(id))];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Program.DisposeAsync();

    private async Task WatchAsync(SupervisorProgram program)
    {
        var exitCode = await program.Ended;
        if (!_mayEnd)
        {
            _report.Breach($"the Supervisor ended by itself, exit code {exitCode}:\n{string.Join('\n', program.Log.Lines.TakeLast(LastLines))}");
        }
    }

    private static async Task<(SupervisorProgram Program, string Address)> StartAsync(ChaosOptions options, string listen)
    {
        var settings = new Dictionary<string, string>
        {
            // A stopped worker is found by its silence; where none is stopped, a busy machine must not look like one.
            ["Pool__SilenceLimit"] = options.Faults.Contains(ChaosFault.Stop) ? "00:00:03" : "00:00:30",
            ["Pool__CancellationGrace"] = "00:00:01",
            ["Pool__MaxCrashes"] = $"{MaxCrashes}",
            ["Pool__MaxRestarts"] = "1000",
            ["Pool__MemoryLimit"] = $"{900L << 20}",
            ["Pool__WindowItems"] = "4096",
        };
        var program = SupervisorProgram.Start(["--listen", listen, "--workers", $"{options.Workers}", "--functions", Library], settings);
        await program.Log.LineAsync("Application started").WaitAsync(SupervisorProgram.Limit);
        var address = await program.Log.LineAsync("Now listening on: (http://.*)");
        return (program, address.Groups[1].Value);
    }
}
