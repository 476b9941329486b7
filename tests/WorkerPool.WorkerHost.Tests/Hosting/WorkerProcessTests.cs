using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using WorkerPool.Protocol.Errors;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Tests.Hosting;

public class WorkerProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_runs_a_chunk_and_ends_after_a_shutdown()
    {
        await using var worker = await WorkerProcess.StartAsync();
        Assert.Null(worker.Handshake.Reason);
        using var call = await worker.OpenAsync();
        Assert.Equal(worker.Process.Id, call.Hello.ProcessId);
        Assert.Equal(call.Hello.Functions.Select(f => f.Name).Order(StringComparer.Ordinal), call.Hello.Functions.Select(f => f.Name));
        Assert.Contains(call.Hello.Functions, f => f.Signature == "power(base: number, exponent: number) -> number");

        var items = Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        await call.SendChunkAsync(1, "square", items);
        var answers = await call.AnswersAsync(items.Length);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (i * i).ToString(CultureInfo.InvariantCulture)), answers.Values);

        await call.SendChunkAsync(2, "process_info", ["null"]);
        Assert.Contains("\"worker\":\"worker-7\",\"incarnation\":3", (await call.AnswersAsync(1)).Values[0], StringComparison.Ordinal);

        await call.SendAsync(new SessionRequest { Shutdown = new Shutdown() });
        Assert.Null(await call.NextAsync(SessionResponse.EventOneofCase.Results));
        Assert.Equal(StatusCode.OK, call.Stream.GetStatus().StatusCode);
        Assert.Equal(0, await worker.ExitCodeAsync());
        Assert.Null(worker.Running);
    }

    [Fact]
    public async Task Health_and_both_reflections_are_served()
    {
        await using var worker = await WorkerProcess.StartAsync();
        var health = await new Health.HealthClient(worker.Channel).CheckAsync(
            new HealthCheckRequest { Service = "workerpool.worker.v1.WorkerService" }, cancellationToken: Cancelled);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        using var call = new ServerReflection.ServerReflectionClient(worker.Channel)
            .ServerReflectionInfo(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToArray();
        Assert.Contains("workerpool.worker.v1.WorkerService", services);
        Assert.Contains("grpc.reflection.v1alpha.ServerReflection", services);
    }

    [Theory]
    [InlineData("workerpool.worker.v1.WorkerService", "Sessions")]
    [InlineData("workerpool.v1.PoolService", "Map")]
    public async Task A_method_that_it_does_not_have_is_answered_as_grpc_has_it(string service, string method)
    {
        await using var worker = await WorkerProcess.StartAsync();
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        using var call = worker.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, bytes, bytes), host: null, new CallOptions(cancellationToken: Cancelled), []);
        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Closing_stdin_ends_a_worker_even_amid_an_item()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var call = await worker.OpenAsync();
        await call.SendChunkAsync(9, "sleep", ["1000"]);

        // A heartbeat after the chunk was sent does not prove that the item runs, so ask the recorder with each.
        while (worker.Running is null)
        {
            await call.NextAsync(SessionResponse.EventOneofCase.Heartbeat);
        }

        Assert.Equal(9UL, worker.Running.Value.Lease);
        worker.Process.StandardInput.Close();
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task The_end_of_the_stream_ends_the_worker()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var call = await worker.OpenAsync();
        await call.Stream.RequestStream.CompleteAsync();
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task A_lost_call_ends_the_worker()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using (await worker.OpenAsync())
        {
        }

        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task SIGTERM_is_a_shutdown_and_SIGINT_is_nothing()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var call = await worker.OpenAsync();
        worker.Signal(2);
        await call.SendChunkAsync(1, "square", ["12"]);
        Assert.Equal("144", (await call.AnswersAsync(1)).Values[0]);
        await call.SendChunkAsync(2, "sleep", ["0.3", "0.3", "0.3"]);
        while (worker.Running is not { Lease: 2 })
        {
            // The item before may still be noted: it is until after its result is on its way.
            await call.NextAsync(SessionResponse.EventOneofCase.Heartbeat);
        }

        worker.Signal(15);
        var answers = await call.AnswersAsync(3);
        Assert.Equal("0.3", Assert.Single(answers.Values));
        Assert.Equal(2, answers.Returned);
        Assert.Equal(0, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task An_item_over_its_time_is_said_to_be_overdue_and_times_out()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var call = await worker.OpenAsync();
        await call.SendChunkAsync(4, "sleep", ["0", "100", "0"], TimeSpan.FromSeconds(5));
        var overdue = await call.NextAsync(SessionResponse.EventOneofCase.Overdue);
        Assert.Equal((4UL, 1UL), (overdue!.Overdue.Lease, overdue.Overdue.Index));
        var last = await call.AnswersAsync(2);
        var error = Assert.Single(last.Errors);
        Assert.Equal((ErrorReasons.ItemTimeout, 1UL), (error.Reason, error.Index));
        Assert.Equal("5s", error.Metadata["timeout"]);
    }

    [Fact]
    public async Task A_second_session_is_refused()
    {
        await using var worker = await WorkerProcess.StartAsync();
        using var call = await worker.OpenAsync();
        using var second = new WorkerService.WorkerServiceClient(worker.Channel).Session(cancellationToken: Cancelled);
        var error = await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        await call.SendChunkAsync(1, "square", ["3"]);
        Assert.Equal("9", (await call.AnswersAsync(1)).Values[0]);
    }

    [Fact]
    public async Task A_library_that_is_missing_is_said_before_the_end()
    {
        await using var worker = await WorkerProcess.StartAsync("/nowhere/Missing.dll");
        Assert.Equal(ErrorReasons.FunctionLibraryInvalid, worker.Handshake.Reason);
        Assert.Contains("/nowhere/Missing.dll", worker.Handshake.Message, StringComparison.Ordinal);
        Assert.Equal(2, await worker.ExitCodeAsync());
    }
}
