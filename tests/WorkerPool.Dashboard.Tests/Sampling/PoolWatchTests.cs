using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Dashboard.Sampling;
using WorkerPool.Dashboard.Visitors;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Tests.Sampling;

/// <summary>When the pool is looked at: while somebody does, once for all.</summary>
public sealed class PoolWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountedCalls _calls = new();

    [Fact]
    public async Task Nobody_looks_and_nothing_is_asked()
    {
        await using var watch = new PoolWatch(new Host(_calls), _time, NullLogger<PoolWatch>.Instance);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _calls.Looks);
    }

    [Fact]
    public async Task A_look_is_for_all_who_look()
    {
        await using var watch = new PoolWatch(new Host(_calls), _time, NullLogger<PoolWatch>.Instance);
        var seen = Enumerable.Range(0, 10).Select(_ => new Viewer(watch)).ToList();
        await Eventually.AskAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(seen.Min(viewer => viewer.Seen));
            },
            least => least >= 10);

        // Each comes with a look of its own; all that follow are shared.
        Assert.InRange(_calls.Looks, 10, 40);
        seen.ForEach(viewer => viewer.Dispose());
    }

    [Fact]
    public async Task After_the_last_has_gone_it_ends_a_while_later_and_begins_again_with_the_next()
    {
        await using var watch = new PoolWatch(new Host(_calls), _time, NullLogger<PoolWatch>.Instance);
        using (var viewer = new Viewer(watch))
        {
            await Eventually.AskAsync(() => Task.FromResult(viewer.Seen), seen => seen >= 1);
        }

        await Eventually.AskAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(watch.IsLooking);
            },
            isLooking => !isLooking);
        Assert.InRange(_calls.Looks, 2, 60);
        var before = _calls.Looks;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, _calls.Looks);
        using var next = new Viewer(watch);
        await Eventually.AskAsync(() => Task.FromResult(next.Seen), seen => seen >= 1);
        Assert.Equal(before + 1, _calls.Looks);
    }

    [Fact]
    public async Task What_cannot_be_seen_now_is_shown_as_it_was()
    {
        await using var watch = new PoolWatch(new Host(_calls), _time, NullLogger<PoolWatch>.Instance);
        using var viewer = new Viewer(watch);
        await Eventually.AskAsync(() => Task.FromResult(watch.Latest), sample => sample is not null);
        _calls.Problem = "The pool is shutting down.";
        watch.LookNow();
        var sample = await Eventually.AskAsync(() => Task.FromResult(watch.Latest), sample => sample!.Problem.Length > 0);
        Assert.Equal("The pool is shutting down.", sample!.Problem);
        Assert.Equal(PoolState.Ready, sample.Pool.State);
    }

    private sealed class Viewer : IDisposable
    {
        private readonly IDisposable _subscription;
        private int _seen;

        public Viewer(PoolWatch watch) => _subscription = watch.Subscribe(new Interest(), () => Interlocked.Increment(ref _seen));

        public int Seen => Volatile.Read(ref _seen);

        public void Dispose() => _subscription.Dispose();
    }

    private sealed class Host(CallInvoker calls) : IDashboardHost
    {
        public CallInvoker Calls => calls;

        public bool AsksForTokens => false;

        public IVisitor? VisitorOf(HttpContext context) => null;

        public bool TryLogIn(HttpContext context, string token, out string problem)
        {
            problem = "";
            return false;
        }

        public void LogOut(HttpContext context)
        {
        }
    }

    /// <summary>A pool that is ready and does nothing.</summary>
    private sealed class CountedCalls : CallInvoker
    {
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public string Problem { get; set; } = "";

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            object answer = request switch
            {
                GetPoolRequest => new GetPoolResponse { Pool = new PoolStatus { State = PoolState.Ready, Uptime = new() } },
                ListWorkersRequest => new ListWorkersResponse(),
                ListJobsRequest => new ListJobsResponse(),
                _ => throw new NotSupportedException(method.Name),
            };
            Interlocked.Add(ref _looks, request is GetPoolRequest ? 1 : 0);
            var response = Problem.Length > 0
                ? Task.FromException<TResponse>(new RpcException(new Status(StatusCode.Unavailable, Problem)))
                : Task.FromResult((TResponse)answer);
            return new AsyncUnaryCall<TResponse>(response, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(new NoAnswers<TResponse>(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }

    private sealed class NoAnswers<T> : IAsyncStreamReader<T>
    {
        public T Current => default!;

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
