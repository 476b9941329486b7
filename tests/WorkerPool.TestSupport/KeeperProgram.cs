namespace WorkerPool.TestSupport;

/// <summary>A keeper as a program.</summary>
public sealed class KeeperProgram : ServiceProgram
{
    private KeeperProgram(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string workingDirectory)
        : base("WorkerPool.WorkerHost.dll", ["keeper", .. arguments], settings, workingDirectory)
    {
    }

    /// <summary>Where it listens, once it does.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts one.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its environment beside ours. Default: nothing.</param>
    /// <param name="workingDirectory">Where it is started. Default: where we are.</param>
    public static KeeperProgram Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string workingDirectory = "") =>
        new(arguments, settings ?? new Dictionary<string, string>(), workingDirectory);

    /// <summary>Starts one on loopback and waits until it listens.</summary>
    /// <param name="workers">Its places.</param>
    /// <param name="functions">Paths of function libraries.</param>
    /// <param name="address">Where it listens. Default: on any free port of loopback.</param>
    /// <param name="settings">Its environment beside ours. Default: nothing.</param>
    public static async Task<KeeperProgram> ListenAsync(
        int workers,
        IEnumerable<string>? functions = null,
        string address = "http://127.0.0.1:0",
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var keeper = Start(
            ["--listen", address, "--workers", $"{workers}", .. (functions ?? []).SelectMany(path => new[] { "--functions", path })], settings);
        try
        {
            var line = await keeper.Log.LineAsync(@"The keeper listens on (https?://127\.0\.0\.1:\d+)").WaitAsync(Limit);
            keeper.Address = line.Groups[1].Value;
            return keeper;
        }
        catch
        {
            await keeper.DisposeAsync();
            throw;
        }
    }
}
