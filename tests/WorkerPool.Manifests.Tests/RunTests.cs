using System.Net.Sockets;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WorkerPool.Manifests.Tests.Building;
using WorkerPool.TestSupport;
using WorkerPool.TestSupport.Kubernetes;
using WorkerPool.V1;

namespace WorkerPool.Manifests.Tests;

/// <summary>The programs run with the settings of the manifests; only addresses are this machine's.</summary>
public sealed class RunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_runs_with_the_settings_of_the_quickstart_and_probes_are_answered()
    {
        var overlay = Overlay.Of("k8s/overlays/quickstart");
        var ports = FreePorts(5);
        var kept = overlay.SettingsOf(overlay.Pods["workerpool-workers"]).ToDictionary();
        kept["Keeper__Listen"] = $"http://127.0.0.1:{ports[0]}";
        kept["Keeper__Health"] = $"http://127.0.0.1:{ports[1]}";
        kept["Keeper__Workers"] = "1";
        var served = overlay.SettingsOf(overlay.Pods["workerpool-supervisor"]).ToDictionary();
        served["Listen__Grpc"] = $"http://127.0.0.1:{ports[2]}";
        served["Listen__Http"] = $"http://127.0.0.1:{ports[3]}";
        served["Listen__Health"] = $"http://127.0.0.1:{ports[4]}";
        served["Pool__Keepers__Dns"] = $"127.0.0.1:{ports[0]}";

        await using var keeper = KeeperProgram.Start([], kept);
        await keeper.Log.LineAsync("The keeper listens on").WaitAsync(ServiceProgram.Limit, Cancellation);
        await using var supervisor = SupervisorProgram.Start([], served);
        await supervisor.Log.LineAsync("Application started").WaitAsync(ServiceProgram.Limit, Cancellation);
        using var channel = GrpcChannel.ForAddress(served["Listen__Grpc"]);
        var request = new ApplyRequest { Function = "square", Value = Google.Protobuf.WellKnownTypes.Value.ForNumber(7) };
        var value = await new PoolService.PoolServiceClient(channel).ApplyAsync(request, cancellationToken: Cancellation);
        Assert.Equal(49, value.Value.NumberValue);

        foreach (var (name, address) in new[] { ("workerpool-supervisor", served["Listen__Health"]), ("workerpool-workers", kept["Keeper__Health"]) })
        {
            using var probes = GrpcChannel.ForAddress(address);
            var container = overlay.Pods[name].Spec.Containers[0];
            foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe })
            {
                var asked = new HealthCheckRequest { Service = probe.Grpc.Service ?? "" };
                var health = await new Health.HealthClient(probes).CheckAsync(asked, cancellationToken: Cancellation);
                Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
            }
        }
    }

    [Fact]
    public async Task Keepers_are_found_by_endpoint_slices_with_the_settings_of_that_overlay()
    {
        using var authority = new TestAuthority();
        var overlay = Overlay.Of("k8s/overlays/endpoint-slices");
        var kept = overlay.SettingsOf(overlay.Pods["workerpool-workers"]).ToDictionary();
        kept["Keeper__Listen"] = "https://127.0.0.1:0";
        kept["Keeper__Health"] = "";
        kept["Keeper__Workers"] = "1";
        Show(kept, "Keeper", authority, "workerpool-worker");
        await using var keeper = KeeperProgram.Start([], kept);
        var line = await keeper.Log.LineAsync(@"The keeper listens on https://127\.0\.0\.1:(\d+)").WaitAsync(ServiceProgram.Limit, Cancellation);

        var service = overlay.One<k8s.Models.V1Service>("workerpool-workers");
        await using var server = await ApiServerStandIn.StartAsync(authority);
        server.Put(service.Metadata.Name, "workerpool-workers-x", ApiServerStandIn.Slice(int.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), "127.0.0.1"));
        server.WriteKubeconfig(authority.PathOf("kubeconfig"), service.Metadata.NamespaceProperty);
        var served = overlay.SettingsOf(overlay.Pods["workerpool-supervisor"]).Where(setting => setting.Key.StartsWith("Pool__", StringComparison.Ordinal)).ToDictionary();
        served["Pool__Keepers__Kubeconfig"] = authority.PathOf("kubeconfig");
        Show(served, "Pool__Keepers", authority, "workerpool-supervisor");
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: served);
        var request = new ApplyRequest { Function = "square", Value = Google.Protobuf.WellKnownTypes.Value.ForNumber(7) };
        Assert.Equal(49, (await supervisor.Client.ApplyAsync(request, cancellationToken: Cancellation)).Value.NumberValue);

        // What it asked for is what its role allows.
        var rule = overlay.One<k8s.Models.V1Role>("workerpool-supervisor").Rules[0];
        await Eventually.AskAsync(() => Task.FromResult(server.Watches.Count), count => count == 1);
        Assert.Equal(rule.Verbs.Order(), server.Requests.Select(asked => asked.Verb).Distinct().Order());
        Assert.All(server.Requests, asked => Assert.Equal("workerpool", asked.Namespace));
    }

    private static void Show(Dictionary<string, string> settings, string section, TestAuthority authority, string name)
    {
        (settings[$"{section}__Certificate"], settings[$"{section}__Key"]) = authority.Peer(name);
        settings[$"{section}__Ca"] = authority.CaFile;
    }

    private static List<int> FreePorts(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in sockets)
        {
            socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        }

        List<int> ports = [.. sockets.Select(socket => ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port)];
        sockets.ForEach(socket => socket.Dispose());
        return ports;
    }
}
