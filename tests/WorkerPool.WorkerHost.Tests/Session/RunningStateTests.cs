using Microsoft.Extensions.Time.Testing;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Session;
using Encoding = WorkerPool.V1.Encoding;

namespace WorkerPool.WorkerHost.Tests.Session;

public sealed class RunningStateTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ResultBuffer _results;
    private readonly RunningState _running;

    public RunningStateTests()
    {
        _results = new ResultBuffer(SessionLimits.Default, _time, _ => { }, _ => { });
        _running = new RunningState(_results, _time, _ => { });
    }

    public void Dispose() => _running.Dispose();

    [Fact]
    public void An_item_over_its_limit_is_cancelled_and_said_to_be_so_once()
    {
        var token = _running.Begin(Chunk(timeout: TimeSpan.FromSeconds(1)), 5, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotEqual(long.MaxValue, _running.CheckOverdue(_time.GetTimestamp()));
        Assert.False(token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _running.CheckOverdue(_time.GetTimestamp());
        Assert.Equal(long.MaxValue, _running.CheckOverdue(_time.GetTimestamp()));
        Assert.True(token.IsCancellationRequested);
        Assert.True(_results.TryTake(out var signs, out _));
        Assert.Equal(new ItemOverdue { Lease = 1, Index = 5 }, Assert.Single(signs).Overdue);
        Assert.True(_running.End());
    }

    [Fact]
    public void The_next_item_begins_with_a_token_of_its_own_and_a_limit_of_its_own()
    {
        _running.Begin(Chunk(timeout: TimeSpan.FromSeconds(1)), 0, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(1));
        _running.CheckOverdue(_time.GetTimestamp());
        _running.End();
        var token = _running.Begin(Chunk(timeout: TimeSpan.FromSeconds(1)), 1, _time.GetTimestamp());
        Assert.False(token.IsCancellationRequested);
        _running.CheckOverdue(_time.GetTimestamp());
        Assert.False(_running.End());
    }

    [Fact]
    public void Only_the_running_items_own_job_cancels_it()
    {
        var token = _running.Begin(Chunk(job: 2), 0, _time.GetTimestamp());
        _running.Cancel(3);
        Assert.False(token.IsCancellationRequested);
        _running.Cancel(2);
        Assert.True(token.IsCancellationRequested);
        Assert.False(_running.End());
    }

    [Fact]
    public void A_job_that_was_cancelled_between_two_steps_of_the_runner_cancels_the_item_that_begins()
    {
        var chunk = Chunk();
        chunk.IsCancelled = true;
        Assert.True(_running.Begin(chunk, 0, _time.GetTimestamp()).IsCancellationRequested);
    }

    [Fact]
    public void A_limit_beyond_the_clock_is_none()
    {
        _running.Begin(Chunk(timeout: TimeSpan.MaxValue), 0, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromDays(10_000));
        _running.CheckOverdue(_time.GetTimestamp());
        Assert.False(_running.End());
    }

    private static QueuedChunk Chunk(ulong job = 1, TimeSpan? timeout = null) => new()
    {
        Lease = 1,
        Job = new HeldJob
        {
            Number = job,
            Encoding = Encoding.Json,
            ValueEncoding = Encoding.Json,
            ItemTimeout = timeout,
        },
        FirstIndex = 0,
        Segments = [],
        Count = 1,
        End = 1,
    };
}
