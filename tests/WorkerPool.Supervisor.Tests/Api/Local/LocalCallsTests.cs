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

    [Fact]
    public async Task A_map_goes_both_ways_and_messages_are_handed_over_as_they_are()
    {
        var stub = new StubPool();
        var pool = new PoolService.PoolServiceClient(CallsOf(() => Someone(Role.Submitter), stub));
        using var call = pool.MapStream(new Metadata { { "traceparent", "here" } }, cancellationToken: Cancellation);
        var sent = Enumerable.Range(0, 200).Select(number => new MapStreamRequest { Start = new MapStart { Function = $"{number}" } }).ToList();
        var writing = Task.Run(
            async () =>
            {
                foreach (var message in sent)
                {
                    await call.RequestStream.WriteAsync(message, Cancellation);
                }

                await call.RequestStream.CompleteAsync();
            },
            Cancellation);
        for (var number = 0; number < sent.Count; number++)
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            Assert.Equal($"{number} here", call.ResponseStream.Current.Started.JobId);
        }

        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
        await writing;
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal(sent, stub.Read, ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public async Task A_writer_nobody_reads_is_held_up_and_let_go_when_its_call_ends()
    {
        var pool = new PoolService.PoolServiceClient(CallsOf(() => Someone(Role.Submitter), new StubPool { Reads = false }));
        var call = pool.MapStream(cancellationToken: Cancellation);
        var written = 0;
        var writing = Task.Run(
            async () =>
            {
                for (; written < 1000; written++)
                {
                    await call.RequestStream.WriteAsync(new MapStreamRequest(), Cancellation);
                }
            },
            Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref written) == 64, TimeSpan.FromSeconds(20)), $"{written} messages were written");
        call.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        Assert.Equal(64, written);
        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Cancelled, end.StatusCode);
    }

    [Fact]
    public async Task What_a_service_throws_comes_as_by_the_wire_with_nothing_behind_it()
    {
        var pool = new PoolService.PoolServiceClient(CallsOf(() => Someone(Role.Submitter)));
        var known = await Assert.ThrowsAsync<RpcException>(
            () => pool.ApplyAsync(new ApplyRequest { Function = "known" }, cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, "no such thing"), (known.StatusCode, known.Status.Detail));
        Assert.Equal("it", known.Trailers.GetValue("what"));
        Assert.Null(known.Status.DebugException);
        var unknown = await Assert.ThrowsAsync<RpcException>(
            () => pool.ApplyAsync(new ApplyRequest { Function = "unknown" }, cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal((StatusCode.Unknown, "The pool failed: IOException: lost"), (unknown.StatusCode, unknown.Status.Detail));
        Assert.Null(unknown.Status.DebugException);
    }

    [Fact]
    public async Task Its_end_cancels_what_is_open_waits_for_the_services_and_takes_nothing_more()
    {
        var stub = new StubPool();
        var calls = CallsOf(() => Someone(Role.Submitter), stub);
        var pool = new PoolService.PoolServiceClient(calls);
        using var call = pool.MapStream(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new MapStreamRequest { Start = new MapStart() }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.False(stub.IsOver);
        await calls.EndAsync();
        Assert.True(stub.IsOver);
        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Cancelled, end.StatusCode);
        var late = await Assert.ThrowsAsync<RpcException>(() => pool.ApplyAsync(new ApplyRequest(), cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, late.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_its_call_alone()
    {
        var pool = new PoolService.PoolServiceClient(CallsOf(() => Someone(Role.Submitter)));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var left = pool.MapStream(cancellationToken: source.Token);
        using var stays = pool.MapStream(cancellationToken: Cancellation);
        await source.CancelAsync();
        var end = await Assert.ThrowsAsync<RpcException>(() => left.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Cancelled, end.StatusCode);
        await stays.RequestStream.WriteAsync(new MapStreamRequest { Start = new MapStart { Function = "on" } }, Cancellation);
        Assert.True(await stays.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("on ", stays.ResponseStream.Current.Started.JobId);
    }

    private static Caller Someone(Role role) => new("someone", role, CallerLimits.None);

    private static LocalCalls CallsOf(Func<Caller?> caller, StubPool? pool = null) => new(
        new LocalServices(
            pool ?? new StubPool(), new StubAdmin(), new StubJobs(), new AuditLog(TimeProvider.System, NullLogger<AuditLog>.Instance), new RequestRates()),
        caller,
        peer: "here");

    private sealed class StubPool : PoolService.PoolServiceBase
    {
        public List<MapStreamRequest> Read { get; } = [];

        public bool Reads { get; init; } = true;

        public volatile bool IsOver;

        public override async Task MapStream(
            IAsyncStreamReader<MapStreamRequest> requestStream, IServerStreamWriter<MapStreamResponse> responseStream, ServerCallContext context)
        {
            try
            {
                while (Reads && await requestStream.MoveNext(context.CancellationToken))
                {
                    Read.Add(requestStream.Current);
                    var id = $"{requestStream.Current.Start.Function} {context.RequestHeaders.GetValue("traceparent")}";
                    await responseStream.WriteAsync(new MapStreamResponse { Started = new MapStarted { JobId = id } }, context.CancellationToken);
                }

                if (!Reads)
                {
                    await responseStream.WriteAsync(new MapStreamResponse(), context.CancellationToken);
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
                }
            }
            finally
            {
                IsOver = true;
            }
        }

        public override Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context) => request.Function == "known"
            ? throw new RpcException(new Status(StatusCode.NotFound, "no such thing", new IOException()), new Metadata { { "what", "it" } })
            : throw new IOException("lost");
    }

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
