using WorkerPool.Client;
using WorkerPool.TestSupport.Kubernetes;
using WorkerPool.V1;
using MapOptions = WorkerPool.Client.MapOptions;

namespace WorkerPool.Functional.Tests;

/// <summary>Keepers by the endpoint slices of a service: a real Supervisor and real keepers, with what stands in for an API server between them.</summary>
public sealed class EndpointSliceTests : IDisposable
{
    private const string Service = "workerpool-workers";
    private const string Space = "texts";
    private static readonly MapOptions Slow = new() { ChunkSize = 1 };
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Kubeconfig => _authority.PathOf("kubeconfig");

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Keepers_come_and_go_during_a_map_and_nothing_is_lost()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        await using var stays = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var goes = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        Find(server, "stays", stays);
        Find(server, "goes", goes);
        await using var supervisor = await StartAsync(server);
        await ReadyAsync(supervisor, 2);
        await using var pool = Pool.Connect(supervisor.Address);
        KeeperProgram? comes = null;
        Task<int>? stopping = null;
        var taken = 0;
        try
        {
            await foreach (var value in pool.ImapAsync<double, double>("sleep", Enumerable.Range(0, 400).Select(DurationOf), Slow, Cancellation))
            {
                Assert.Equal(DurationOf(taken), value);
                switch (++taken)
                {
                    case 20:
                        comes = await KeeperProgram.ListenAsync(1, [Libraries.User]);
                        Find(server, "comes", comes);
                        await ReadyAsync(supervisor, 3);
                        break;
                    case 120:
                        // As a pod goes: it is taken out of the service, and told to stop.
                        server.Delete("goes");
                        stopping = goes.StopAsync();
                        break;
                }
            }

            Assert.Equal(400, taken);
            Assert.Equal(0, await stopping!);
            Assert.Empty(goes.Leftovers());
            var status = await ReadyAsync(supervisor, 2);
            Assert.Equal(0ul, status.WorkerRestarts);
        }
        finally
        {
            await (comes?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        Assert.All(server.Requests, request => Assert.Equal((Space, $"kubernetes.io/service-name={Service}", "secret"), (request.Namespace, request["labelSelector"], request.Token)));
        Assert.All(server.Watches, watch => Assert.Equal("true", watch["allowWatchBookmarks"]));
    }

    [Fact]
    public async Task While_the_API_server_is_away_the_pool_works_on_and_afterwards_finds_what_has_come()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        await using var one = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        Find(server, "one", one);
        await using var supervisor = await StartAsync(server);
        await ReadyAsync(supervisor, 1);
        await server.GoAsync();
        await supervisor.Program.Log.LineAsync("Keepers are not looked for at the service workerpool-workers in the namespace texts for now").WaitAsync(ServiceProgram.Limit, Cancellation);
        await using var pool = Pool.Connect(supervisor.Address);
        Assert.Equal(new long[] { 1, 4, 9 }, await pool.MapAsync<int, long>("square", [1, 2, 3], null, Cancellation));

        await using var other = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        Find(server, "other", other);
        await server.ComeAsync();
        await ReadyAsync(supervisor, 2);
        Assert.Single(server.Lists);
    }

    [Fact]
    public async Task A_keeper_that_is_not_ready_any_more_stays_held_until_it_is_lost()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        await using var other = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        Find(server, "keeper", keeper);
        await using var supervisor = await StartAsync(server);
        await ReadyAsync(supervisor, 1);
        var unready = ApiServerStandIn.Slice(new Uri(keeper.Address).Port, "127.0.0.1");
        unready["endpoints"]![0]!["conditions"]!["ready"] = false;
        server.Put(Service, "keeper", unready);

        // Once what came later is held, what came before has been seen.
        Find(server, "other", other);
        await ReadyAsync(supervisor, 2);
        await keeper.KillAsync();
        await ReadyAsync(supervisor, 1);
    }

    [Fact]
    public async Task A_right_that_is_missing_is_told_to_callers_and_in_the_log_and_used_once_it_is_granted()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        await using var keeper = await KeeperProgram.ListenAsync(1, [Libraries.User]);
        Find(server, "keeper", keeper);
        server.Forbid("list");
        await using var supervisor = await StartAsync(server, ("Pool__StartTimeout", "00:00:03"));
        supervisor.MayLogErrors = true;
        await using var pool = Pool.Connect(supervisor.Address);
        var error = await BrokenAsync(pool, "keepers are looked for at the service workerpool-workers in the namespace texts (the API server ");
        Assert.Equal("POOL_BROKEN", error.Reason);
        Assert.Contains("User \"system:serviceaccount:texts:workerpool-supervisor\" cannot list resource \"endpointslices\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected a Role of the namespace texts with list and watch", error.Message, StringComparison.Ordinal);
        server.Grant();
        await ReadyAsync(supervisor, 1);
        Assert.Equal(9, await pool.ApplyAsync<int, long>("square", 3, null, Cancellation));
        Assert.Single(supervisor.Program.Log.Lines, line => line.Contains("does not allow it", StringComparison.Ordinal) && line.Contains("Keepers are not looked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_does_not_exist_is_told_with_where_keepers_are_looked_for()
    {
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        await using var supervisor = await StartAsync(server, ("Pool__StartTimeout", "00:00:02"));
        supervisor.MayLogErrors = true;
        await using var pool = Pool.Connect(supervisor.Address);
        await BrokenAsync(
            pool,
            "keepers are looked for at the service workerpool-workers in the namespace texts (it has no endpoint slices: expected a service of this name, with a selector): none was found.");
    }

    [Fact]
    public async Task A_wrong_CA_is_told()
    {
        using var stranger = new TestAuthority("Another CA");
        await using var server = await ApiServerStandIn.StartAsync(_authority);
        await using var supervisor = await StartAsync(server, ca: stranger.CaFile);
        await supervisor.Program.Log.LineAsync($"Keepers are not looked for .*: the API server {server.Address} cannot be trusted: .*; expected a certificate for that host, signed by the CA of the cluster").WaitAsync(ServiceProgram.Limit, Cancellation);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_is_wrong_with_the_settings_is_told_at_start_and_all_at_once()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pool__Keepers__Service"] = "Texts/Workers/1",
            ["Pool__Keepers__Dns"] = "workers:50060",
            ["Pool__Keepers__ServicePort"] = "70000",
            ["Pool__Keepers__Kubeconfig"] = _authority.PathOf("none"),
        };
        await using var supervisor = SupervisorProgram.Start(["--listen", "http://127.0.0.1:0"], settings);
        Assert.Equal(2, await supervisor.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.Equal(
            [
                "Pool:Keepers:Service is \"Texts/Workers/1\"; expected NAME or NAMESPACE/NAME of a service of Kubernetes.",
                "Pool:Keepers:ServicePort is \"70000\"; expected the name of a port, or 1 to 65535.",
                "Pool:Keepers has Dns and Service; expected one of them.",
                $"Pool:Keepers:Kubeconfig: there is no file {_authority.PathOf("none")}.",
            ],
            supervisor.Log.Lines);
    }

    [Fact]
    public async Task Outside_of_a_pod_it_says_that_it_needs_a_kubeconfig()
    {
        await using var supervisor = SupervisorProgram.Start(
            ["--listen", "http://127.0.0.1:0"], new Dictionary<string, string> { ["Pool__Keepers__Service"] = Service, ["KUBERNETES_SERVICE_HOST"] = "" });
        Assert.Equal(2, await supervisor.Ended.WaitAsync(ServiceProgram.Limit, Cancellation));
        Assert.EndsWith("expected Pool:Keepers:Kubeconfig, the path of a kubeconfig.", Assert.Single(supervisor.Log.Lines), StringComparison.Ordinal);
    }

    // All different, so that each value is known to be of its item.
    private static double DurationOf(int index) => 0.01 + (index / 1_000_000.0);

    private static void Find(ApiServerStandIn server, string name, KeeperProgram keeper) =>
        server.Put(Service, name, ApiServerStandIn.Slice(new Uri(keeper.Address).Port, "127.0.0.1"));

    private async Task<RunningSupervisor> StartAsync(ApiServerStandIn server, (string Name, string Value)? setting = null, string? ca = null)
    {
        server.Token = "secret";
        server.WriteKubeconfig(Kubeconfig, Space, ca);
        var settings = new Dictionary<string, string>
        {
            ["Pool__SilenceLimit"] = "00:00:45",
            ["Pool__Keepers__Service"] = Service,
            ["Pool__Keepers__Kubeconfig"] = Kubeconfig,
        };
        if (setting is { } further)
        {
            settings[further.Name] = further.Value;
        }

        return await RunningSupervisor.StartAsync(workers: 1, settings: settings);
    }

    // A first start may run out of time before the API server has answered; a later one tells of it.
    private static Task<PoolUnavailableException> BrokenAsync(Pool pool, string because) => Eventually.AskAsync(
        () => Assert.ThrowsAsync<PoolUnavailableException>(() => pool.ApplyAsync<int, long>("square", 3, null, Cancellation)),
        error => error.Message.Contains(because, StringComparison.Ordinal));

    private static Task<V1.PoolStatus> ReadyAsync(RunningSupervisor supervisor, uint workers) => Eventually.AskAsync(
        async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
        pool => pool.ReadyWorkers == workers && pool.SlotCount == workers);
}
