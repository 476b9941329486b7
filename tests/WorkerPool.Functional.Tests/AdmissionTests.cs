using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Functional.Tests;

/// <summary>A pool that has as much as it takes refuses more, says when to try again, and loses nothing of what it has.</summary>
public sealed class AdmissionTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Pool__MaxOpenJobs"] = "2",
        ["Pool__MaxOpenApplies"] = "1",
        ["Pool__MaxBufferedBytes"] = $"{64 << 20}",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_jobs_than_it_takes_are_refused_until_one_has_ended()
    {
        using var gate = new TemporaryFile();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], Settings);
        var start = new MapStart { Function = "wait_for" };
        using var first = await OpenMap.StartAsync(supervisor.Client, start, gate.Item);
        using var second = await OpenMap.StartAsync(supervisor.Client, start, gate.Item);
        var error = await Assert.ThrowsAsync<RpcException>(() => StreamedMap.RunAsync(supervisor.Client, start, ["\"\""]));
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_JOBS"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        Assert.True(error.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>()?.RetryDelay.ToTimeSpan() > TimeSpan.Zero);

        gate.Make();
        Assert.Equal(1ul, (await first.FinishAsync()).Ledger.Succeeded);
        Assert.Equal(1ul, (await second.FinishAsync()).Ledger.Succeeded);
        Assert.Single((await StreamedMap.RunAsync(supervisor.Client, start, ["\"\""])).Results);
    }

    [Fact]
    public async Task More_single_calls_than_it_takes_are_refused_and_maps_go_on()
    {
        using var gate = new TemporaryFile();
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 2, [Libraries.User], Settings);
        using var held = supervisor.Client.ApplyAsync(
            new ApplyRequest { Function = "wait_for", JsonValue = gate.Item }, cancellationToken: Cancellation);
        await Eventually.AskAsync(
            async () => (await supervisor.Admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool,
            pool => pool.OpenApplies == 1);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await supervisor.Client.ApplyAsync(
            new ApplyRequest { Function = "square", Value = Value.ForNumber(2) }, cancellationToken: Cancellation));
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_JOBS"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));
        var map = await StreamedMap.RunAsync(supervisor.Client, new MapStart { Function = "square" }, Json.Range(10));
        Assert.Equal(10ul, map.Summary?.Ledger.Succeeded);
        gate.Make();
        Assert.NotNull((await held).Value);
    }

    [Fact]
    public async Task What_has_no_room_is_refused_and_what_is_open_has_a_window_within_the_limit()
    {
        await using var supervisor = await RunningSupervisor.StartAsync(workers: 1, settings: Settings);
        var items = Enumerable.Repeat($"\"{new string('x', 9 << 20)}\"", 7);
        var large = new MapRequest { Function = "echo", JsonItems = { items } };
        using var call = supervisor.Client.Map(large, cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal((StatusCode.ResourceExhausted, "BUFFERS_FULL"), (error.StatusCode, RpcErrors.InfoOf(error)?.Reason));

        using var stream = supervisor.Client.MapStream(cancellationToken: Cancellation);
        await stream.RequestStream.WriteAsync(new MapStreamRequest { Start = new MapStart { Function = "echo" } }, Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        Assert.InRange(stream.ResponseStream.Current.Started.WindowBytes, 1ul << 20, 8ul << 20);
    }
}
