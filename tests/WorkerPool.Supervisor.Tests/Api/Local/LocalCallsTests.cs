using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api.Local;

/// <summary>Calls that go by no wire stand under the rules of those that do.</summary>
public sealed class LocalCallsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Submitter, false)]
    [InlineData(Role.Admin, true)]
    public async Task A_role_may_what_it_may_by_the_wire(Role role, bool mayResize)
    {
        var admin = new AdminService.AdminServiceClient(CallsOf(() => Someone(role)));
        Assert.Equal(7u, (await admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation)).Pool.SlotCount);
        var resize = admin.ResizePoolAsync(new ResizePoolRequest { WorkerCount = 3 }, cancellationToken: Cancellation).ResponseAsync;
        if (mayResize)
        {
            Assert.Equal(3u, (await resize).Pool.SlotCount);
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => resize);
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
            Assert.Contains("ResizePool takes the role admin; \"someone\" has the role", refusal.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_is_told_who_calls_and_from_where()
    {
        var admin = new AdminService.AdminServiceClient(CallsOf(() => Someone(Role.Admin)));
        var answer = await admin.RecycleWorkerAsync(new RecycleWorkerRequest(), cancellationToken: Cancellation);
        Assert.Equal("someone (here)", answer.Worker.Name);
    }

    [Fact]
    public async Task Who_is_not_known_any_more_is_told_to_log_in_again()
    {
        Caller? caller = Someone(Role.Admin);
        var admin = new AdminService.AdminServiceClient(CallsOf(() => caller));
        await admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation);
        caller = null;
        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => admin.GetPoolAsync(new GetPoolRequest(), cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Streams_come_in_order_and_end_with_the_error_of_the_service()
    {
        var admin = new AdminService.AdminServiceClient(CallsOf(() => Someone(Role.Viewer)));
        using var call = admin.WatchEvents(new WatchEventsRequest { FromSequence = 1 }, cancellationToken: Cancellation);
        var sequences = new List<ulong>();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Cancellation))
            {
                sequences.Add(call.ResponseStream.Current.Event.Sequence);
            }
        });
        Assert.Equal(Enumerable.Range(1, 200).Select(number => (ulong)number), sequences);
        Assert.Equal("that was all", error.Status.Detail);
    }

    private static Caller Someone(Role role) => new("someone", role, CallerLimits.None);

    private static LocalCalls CallsOf(Func<Caller?> caller) => new(
        new LocalServices(
            new StubPool(), new StubAdmin(), new StubJobs(), new AuditLog(TimeProvider.System, NullLogger<AuditLog>.Instance), new RequestRates()),
        caller,
        peer: "here");

    private sealed class StubPool : PoolService.PoolServiceBase;

    private sealed class StubJobs : JobService.JobServiceBase;

    private sealed class StubAdmin : AdminService.AdminServiceBase
    {
        public override Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) =>
            Task.FromResult(new GetPoolResponse { Pool = new PoolStatus { SlotCount = 7 } });

        public override Task<ResizePoolResponse> ResizePool(ResizePoolRequest request, ServerCallContext context) =>
            Task.FromResult(new ResizePoolResponse { Pool = new PoolStatus { SlotCount = (uint)request.WorkerCount } });

        public override Task<RecycleWorkerResponse> RecycleWorker(RecycleWorkerRequest request, ServerCallContext context) =>
            Task.FromResult(new RecycleWorkerResponse { Worker = new WorkerStatus { Name = Callers.Of(context).Describe(context.Peer) } });

        public override async Task WatchEvents(
            WatchEventsRequest request, IServerStreamWriter<WatchEventsResponse> responseStream, ServerCallContext context)
        {
            for (var sequence = request.FromSequence; sequence <= 200; sequence++)
            {
                await responseStream.WriteAsync(new WatchEventsResponse { Event = new PoolEvent { Sequence = sequence } }, context.CancellationToken);
            }

            throw new RpcException(new Status(StatusCode.Aborted, "that was all"));
        }
    }
}
