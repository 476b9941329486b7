using Microsoft.Extensions.Time.Testing;
using WorkerPool.Client.Calls;
using WorkerPool.Client.Tests.Fakes;

namespace WorkerPool.Client.Tests.Calls;

public sealed class SharedJobsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_is_alone_goes_alone()
    {
        await using var fake = await StartAsync(new FakePoolOptions());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(i, await fake.Pool.ApplyAsync<int, int>("echo", i, null, CancellationToken.None));
        }

        Assert.Equal(5, fake.Service.Applied.Count);
        Assert.Empty(fake.Service.Started);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_a_job_that_counts_as_applies()
    {
        var meeting = new Meeting();
        await using var fake = await StartAsync(meeting.Options);
        await meeting.HoldAsync(fake.Pool, 100);

        var start = Assert.Single(fake.Service.Started);
        Assert.True(start.Apply);
        Assert.Equal(V1.Order.Completion, start.Options.Order);
        Assert.Equal(0, start.Options.ChunkSize);
        Assert.Equal(100UL, fake.Service.Received + (ulong)fake.Service.Applied.Count);
    }

    [Fact]
    public async Task Calls_that_can_be_cancelled_share_nothing()
    {
        await using var fake = await StartAsync(new FakePoolOptions());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => fake.Pool.ApplyAsync<int, int>("echo", i, null, Cancelled)));

        Assert.Equal(50, fake.Service.Applied.Count);
        Assert.Empty(fake.Service.Started);
    }

    [Fact]
    public async Task A_shared_job_that_is_idle_ends_and_the_next_calls_open_another()
    {
        var meeting = new Meeting();
        await using var fake = await StartAsync(meeting.Options);
        await meeting.HoldAsync(fake.Pool, 10);
        _time.Advance(SharedJobs.TickInterval);
        Assert.False(fake.Service.Ended.Task.IsCompleted);
        _time.Advance(SharedJobs.TickInterval);
        await fake.Service.Ended.Task.WaitAsync(Limit, Cancelled);

        await meeting.HoldAsync(fake.Pool, 10);
        Assert.Equal(2, fake.Service.Started.Count);
    }

    [Fact]
    public async Task A_shared_job_that_is_busy_makes_room_for_another_in_time_and_still_answers()
    {
        var meeting = new Meeting();
        await using var fake = await StartAsync(meeting.Options);
        await meeting.HoldAsync(fake.Pool, 10, () =>
        {
            for (var tick = 0; tick < 10; tick++)
            {
                _time.Advance(SharedJobs.TickInterval);
            }
        });

        await fake.Service.Ended.Task.WaitAsync(Limit, Cancelled);
    }

    [Fact]
    public async Task An_account_that_does_not_add_up_is_told_by_close()
    {
        var meeting = new Meeting(summary => summary.Ledger.Accepted++);
        await using var fake = await StartAsync(meeting.Options);
        await meeting.HoldAsync(fake.Pool, 10);

        await Assert.ThrowsAsync<PoolProtocolException>(() => fake.Pool.CloseAsync(Cancelled).WaitAsync(Limit, Cancelled));
    }

    [Fact]
    public async Task Terminate_ends_the_calls_of_a_shared_job()
    {
        var meeting = new Meeting();
        await using var fake = await StartAsync(meeting.Options);
        var calls = await meeting.BeginAsync(fake.Pool, 10);
        await fake.Pool.TerminateAsync().WaitAsync(Limit, Cancelled);
        meeting.Open();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<PoolClosedException>(() => call.WaitAsync(Limit, Cancelled));
        }
    }

    private Task<FakePool> StartAsync(FakePoolOptions options) =>
        FakePool.StartAsync(options, new PoolOptions { Time = _time });

    /// <summary>Holds the pool's answers until a call of each way is on it: one alone, and one on a shared job.</summary>
    private sealed class Meeting
    {
        private TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ManualResetEventSlim _gate = new();
        private int _runs;

        public Meeting(Action<V1.MapSummary>? summarize = null) => Options = new FakePoolOptions
        {
            Run = item =>
            {
                var (both, gate) = (_both, _gate);
                if (Interlocked.Increment(ref _runs) == 2)
                {
                    both.SetResult();
                }

                gate.Wait();
                return item.ToArray();
            },
            Summarize = summarize ?? (_ => { }),
        };

        public FakePoolOptions Options { get; }

        public void Open() => _gate.Set();

        public async Task<List<Task<int>>> BeginAsync(Pool pool, int count)
        {
            (_both, _gate, _runs) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(), 0);
            var calls = Enumerable.Range(0, count).Select(i => pool.ApplyAsync<int, int>("echo", i, null, CancellationToken.None)).ToList();
            await _both.Task.WaitAsync(Limit, Cancelled);
            return calls;
        }

        public async Task HoldAsync(Pool pool, int count, Action? meanwhile = null)
        {
            var calls = await BeginAsync(pool, count);
            meanwhile?.Invoke();
            Open();
            Assert.Equal(Enumerable.Range(0, count), await Task.WhenAll(calls).WaitAsync(Limit, Cancelled));
        }
    }
}
