using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace WorkerPool.Functional.Tests;

/// <summary>The port for health alone, of a Supervisor and of a keeper, as those see it who probe.</summary>
public sealed class HealthPortTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Supervisor_tells_there_whether_it_takes_jobs_and_lives_and_nothing_else()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: new Dictionary<string, string> { ["Listen__Health"] = address });
        using var channel = GrpcChannel.ForAddress(address);
        var health = new Health.HealthClient(channel);
        Assert.Equal((Status.Serving, Status.Serving), (await AskAsync(health, ""), await AskAsync(health, "liveness")));
        var stranger = await Assert.ThrowsAsync<RpcException>(
            async () => await new PoolService.PoolServiceClient(channel).ListFunctionsAsync(new ListFunctionsRequest(), cancellationToken: Cancellation));
        Assert.Equal(StatusCode.Unimplemented, stranger.StatusCode);
        Assert.NotEmpty((await supervisor.Client.ListFunctionsAsync(new ListFunctionsRequest(), cancellationToken: Cancellation)).Functions);
    }

    [Fact]
    public async Task A_Supervisor_that_drains_is_not_ready_and_alive()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: new Dictionary<string, string> { ["Listen__Health"] = address });
        using var channel = GrpcChannel.ForAddress(address);
        var health = new Health.HealthClient(channel);
        using var map = supervisor.Client.Map(SleepOnce(), cancellationToken: Cancellation);
        await Eventually.AskAsync(
            async () => (await supervisor.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: Cancellation)).Jobs.Count, jobs => jobs == 1);
        var stopping = supervisor.Program.StopAsync();
        await Eventually.AskAsync(async () => await AskAsync(health, ""), status => status == Status.NotServing);
        Assert.Equal(Status.Serving, await AskAsync(health, "liveness"));
        map.Dispose();
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task A_keeper_tells_there_whether_it_can_be_held_and_nothing_else()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        await using var keeper = await KeeperProgram.ListenAsync(1, settings: new Dictionary<string, string> { ["Keeper__Health"] = address });
        using var channel = GrpcChannel.ForAddress(address);
        var health = new Health.HealthClient(channel);
        Assert.Equal((Status.Serving, Status.Serving), (await AskAsync(health, ""), await AskAsync(health, "liveness")));
        using var stranger = new KeeperService.KeeperServiceClient(channel).Keep(cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(() => stranger.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_none_is_told_with_all_other_faults()
    {
        await using var supervisor = SupervisorProgram.Start([], new Dictionary<string, string> { ["Listen__Health"] = "0.0.0.0:50052", ["Pool__MaxCrashes"] = "0" });
        Assert.Equal(2, await supervisor.Ended);
        Assert.Contains("Listen:Health is \"0.0.0.0:50052\"; expected http://HOST:PORT", supervisor.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Pool:MaxCrashes", supervisor.Log.Text, StringComparison.Ordinal);
        await using var keeper = KeeperProgram.Start([], new Dictionary<string, string> { ["Keeper__Health"] = "http://health.example:1" });
        Assert.Equal(2, await keeper.Ended);
        Assert.Contains("Keeper:Health is \"http://health.example:1\"; expected an IP address", keeper.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_setting()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((System.Net.IPEndPoint)other.LocalEndpoint).Port}";
        await using var supervisor = SupervisorProgram.Start(["--listen", "http://127.0.0.1:0"], new Dictionary<string, string> { ["Listen__Health"] = address });
        Assert.Equal(3, await supervisor.Ended);
        Assert.Contains($"{address} is in use by another program. Stop that, or choose another port with Listen:Health ", supervisor.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<Status> AskAsync(Health.HealthClient health, string service) =>
        (await health.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Cancellation)).Status;

    private static MapRequest SleepOnce()
    {
        var request = new MapRequest { Function = "sleep" };
        request.Items.Add(Google.Protobuf.WellKnownTypes.Value.ForNumber(3600));
        return request;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
