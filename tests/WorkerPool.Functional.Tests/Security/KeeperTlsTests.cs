using WorkerPool.Client;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests.Security;

/// <summary>Keepers over mutual TLS: whoever is not who it should be is refused, by either side.</summary>
public sealed class KeeperTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new("Another CA");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task A_map_runs_over_mutual_TLS_and_goes_on_with_renewed_certificates()
    {
        await using var keeper = await KeeperAsync(_authority.Peer("workerpool-worker"));
        await using var supervisor = await SupervisorAsync(keeper.Address, _authority.Peer("workerpool-supervisor"));
        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(new long[] { 1, 4, 9 }, await pool.MapAsync<int, long>("square", [1, 2, 3], null, Cancellation));

        // The connections of the next worker are made with what is in force then.
        _authority.Peer("workerpool-worker");
        _authority.Peer("workerpool-supervisor");
        await keeper.Log.LineAsync("workerpool-worker.*in force from now on").WaitAsync(ServiceProgram.Limit, Cancellation);
        await supervisor.Program.Log.LineAsync("workerpool-supervisor.*in force from now on").WaitAsync(ServiceProgram.Limit, Cancellation);
        var recycled = await supervisor.Admin.RecyclePoolAsync(new RecyclePoolRequest(), cancellationToken: Cancellation);
        Assert.Equal(1u, recycled.ReplacedWorkers);
        Assert.Equal(new long[] { 16 }, await pool.MapAsync<int, long>("square", [4], null, Cancellation));
    }

    [Theory]
    [InlineData("workerpool-worker", true, "workerpool-nobody", true)]
    [InlineData("workerpool-worker", true, "workerpool-supervisor", false)]
    [InlineData("workerpool-nobody", true, "workerpool-supervisor", true)]
    [InlineData("workerpool-worker", false, "workerpool-supervisor", true)]
    public async Task A_wrong_name_or_a_wrong_CA_is_refused_and_told(string keeperName, bool keeperIsOurs, string supervisorName, bool supervisorIsOurs)
    {
        await using var keeper = await KeeperAsync((keeperIsOurs ? _authority : _stranger).Peer(keeperName));
        await using var supervisor = await SupervisorAsync(keeper.Address, (supervisorIsOurs ? _authority : _stranger).Peer(supervisorName));
        supervisor.MayLogErrors = true;
        var told = await supervisor.Program.Log.LineAsync($"The keeper at {keeper.Address}.* is not held: .*").WaitAsync(ServiceProgram.Limit, Cancellation);
        Assert.DoesNotContain("Supervisor holds", told.Value, StringComparison.Ordinal);
        var status = (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool;
        Assert.Equal(0u, status.ReadyWorkers);
        Assert.DoesNotContain(keeper.Log.Lines, line => line.Contains("holds this keeper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_keeper_that_others_could_reach_says_what_it_needs()
    {
        await using var keeper = KeeperProgram.Start(["--listen", "http://0.0.0.0:0", "--workers", "many"]);
        Assert.Equal(2, await keeper.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.Contains("anyone could run functions", keeper.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Keeper:Workers is \"many\"", keeper.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keeper_with_a_certificate_that_is_none_says_so()
    {
        var (certificate, key) = _authority.Peer("workerpool-worker");
        await using var keeper = KeeperProgram.Start(["--listen", "https://127.0.0.1:0", "--certificate", key, "--key", certificate, "--ca", _authority.CaFile]);
        Assert.Equal(2, await keeper.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.Contains("holds no certificate in PEM form", keeper.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Supervisor_whose_certificate_for_keepers_is_missing_says_so_at_start()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pool__Keepers__Dns"] = "workers:50060",
            ["Pool__Keepers__Certificate"] = _authority.PathOf("none.crt"),
            ["Pool__Keepers__Key"] = _authority.PathOf("none.key"),
            ["Pool__Keepers__Ca"] = _authority.CaFile,
        };
        await using var supervisor = SupervisorProgram.Start(["--listen", "http://127.0.0.1:0"], settings);
        Assert.Equal(2, await supervisor.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.Contains($"Pool:Keepers: there is no file {_authority.PathOf("none.crt")}.", supervisor.Log.Text, StringComparison.Ordinal);
    }

    private Task<KeeperProgram> KeeperAsync((string Certificate, string Key) shown) => KeeperProgram.ListenAsync(
        1,
        address: "https://127.0.0.1:0",
        settings: new Dictionary<string, string>
        {
            ["Keeper__Certificate"] = shown.Certificate,
            ["Keeper__Key"] = shown.Key,
            ["Keeper__Ca"] = _authority.CaFile,
            ["Keeper__ReloadInterval"] = "00:00:00.1",
        });

    private Task<RunningSupervisor> SupervisorAsync(string keeper, (string Certificate, string Key) shown) => RunningSupervisor.StartAsync(
        workers: 1,
        settings: new Dictionary<string, string>
        {
            ["Pool__SilenceLimit"] = "00:00:45",
            ["Pool__Keepers__Endpoints__0"] = keeper,
            ["Pool__Keepers__Certificate"] = shown.Certificate,
            ["Pool__Keepers__Key"] = shown.Key,
            ["Pool__Keepers__Ca"] = _authority.CaFile,
        });
}
