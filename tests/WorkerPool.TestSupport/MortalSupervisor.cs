namespace WorkerPool.TestSupport;

/// <summary>
/// A Supervisor that can be killed and started again at the same address, as often as a test likes. Disposing it stops the
/// one that runs, which has to end well.
/// </summary>
public sealed class MortalSupervisor : IAsyncDisposable
{
    private readonly int _workers;
    private readonly IReadOnlyDictionary<string, string>? _settings;

    private MortalSupervisor(RunningSupervisor first, int workers, IReadOnlyDictionary<string, string>? settings)
    {
        Current = first;
        Address = first.Address;
        _workers = workers;
        _settings = settings;
    }

    /// <summary>The one that runs; <c>null</c> after <see cref="KillAsync"/>.</summary>
    public RunningSupervisor? Current { get; private set; }

    /// <summary>Where each of them listens.</summary>
    public string Address { get; }

    /// <summary>Starts the first.</summary>
    /// <param name="workers">Workers.</param>
    /// <param name="settings">Further settings, such as Pool__WindowItems.</param>
    /// <param name="listen">Where it listens. Default: on any free port of loopback.</param>
    public static async Task<MortalSupervisor> StartAsync(
        int workers = 2, IReadOnlyDictionary<string, string>? settings = null, string listen = "http://127.0.0.1:0") =>
        new(await RunningSupervisor.StartAsync(workers, settings: settings, listen: listen), workers, settings);

    /// <summary>Ends the one that runs with SIGKILL.</summary>
    public async Task KillAsync()
    {
        var victim = Current!;
        Current = null;
        await victim.KillAsync();
    }

    /// <summary>Starts the next.</summary>
    public async Task RestartAsync() =>
        Current = await RunningSupervisor.StartAsync(_workers, settings: _settings, listen: Address);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Current is { } last)
        {
            await last.DisposeAsync();
        }
    }
}
