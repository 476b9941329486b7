using Microsoft.Extensions.Time.Testing;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Tests.Session;

public class ResultBufferTests
{
    private static readonly byte[] Value = "123"u8.ToArray();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _cancelling = new();
    private readonly List<long> _wakes = [];

    // Whether what was to be written could be so at once.
    private readonly List<bool> _flushes = [];
    private readonly ResultBuffer _buffer;
    private readonly RunnerResults _runner;
    private ResultSender? _sender;

    public ResultBufferTests()
    {
        _buffer = new ResultBuffer(SessionLimits.Default, _time, _wakes.Add, here =>
        {
            _flushes.Add(here);
            _sender?.Flush(here);
        });
        _runner = _buffer.AddRunner();
    }

    private long Now => _time.GetTimestamp();

    [Fact]
    public void A_quick_result_waits_for_company_until_its_delay_is_over()
    {
        AddQuick(1);
        AddQuick(1);
        Assert.False(_buffer.TryTake(out _, out _));
        var due = Assert.Single(_wakes);
        Assert.Equal(TimeSpan.FromMilliseconds(1), _time.GetElapsedTime(Now, due));

        _time.Advance(TimeSpan.FromMicroseconds(999));
        Assert.Equal(due, _buffer.FlushIfDue(Now));
        Assert.False(_buffer.TryTake(out _, out _));

        _time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(long.MaxValue, _buffer.FlushIfDue(Now));
        Assert.True(_buffer.TryTake(out _, out var entries));
        Assert.Equal(2, Assert.Single(entries).Values.Count);
        Assert.False(_buffer.TryTake(out _, out _));
    }

    [Fact]
    public void Results_that_go_together_tell_how_long_each_took_and_a_lone_one_is_told_by_its_sum()
    {
        Add(TimeSpan.FromMicroseconds(3));
        Add(TimeSpan.FromMicroseconds(50));
        Add(TimeSpan.FromMicroseconds(3));
        _buffer.NotePreparation(_runner, 1, Ticks(TimeSpan.FromMilliseconds(2)));
        _buffer.EndChunk(_runner, Now, isIdle: true);
        var message = Taken();
        Assert.Equal((56_000UL, 2_000_000UL), (message.BusyNanoseconds, message.InitializingNanoseconds));
        Assert.Equal((1u, 50_000UL), (message.Times.SlowestPosition, message.Times.SlowestNanoseconds));
        Assert.Equal((uint)WorkerPool.Protocol.Timing.TimeBuckets.Of(3000), message.Times.FirstBucket);
        Assert.Equal([2u, 1u], message.Times.Counts.Where(count => count > 0));
        Assert.Equal(
            WorkerPool.Protocol.Timing.TimeBuckets.Of(50_000), (int)message.Times.FirstBucket + message.Times.Counts.Count - 1);

        // The table is used again, and empty.
        Add(TimeSpan.FromMicroseconds(7));
        Add(TimeSpan.FromMicroseconds(7));
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.Equal([2u], Taken().Times.Counts);
        Add(TimeSpan.FromMicroseconds(7));
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.Null(Taken().Times);

        void Add(TimeSpan took) => _runner.Add(1, Value, null, Ticks(took), Now, isLast: false);

        WorkerPool.Worker.V1.ChunkResults Taken()
        {
            Assert.True(_buffer.TryTake(out _, out var entries));
            var taken = Assert.Single(entries).ToMessage(_time.TimestampFrequency);
            _buffer.Written(entries);
            return taken;
        }
    }

    [Fact]
    public void A_slow_result_goes_at_once_with_all_before_it()
    {
        AddQuick(1);
        _runner.Add(1, Value, null, Ticks(TimeSpan.FromMicroseconds(200)), Now, isLast: false);
        Assert.True(_buffer.TryTake(out _, out var entries));
        Assert.Equal(2, Assert.Single(entries).Values.Count);
    }

    [Fact]
    public void The_end_of_a_chunk_goes_at_once_when_nothing_follows_and_waits_when_something_does()
    {
        _runner.Add(1, Value, null, 1, Now, isLast: true);
        Assert.Empty(_wakes);
        _buffer.EndChunk(_runner, Now, isIdle: false);
        Assert.Single(_wakes);
        Assert.False(_buffer.TryTake(out _, out _));
        _runner.Add(2, Value, null, 1, Now, isLast: true);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.True(_buffer.TryTake(out _, out var entries));
        Assert.Equal([1UL, 2UL], entries.Select(e => e.Lease));
    }

    [Fact]
    public void After_a_slow_result_the_end_of_its_chunk_wakes_nobody()
    {
        _runner.Add(1, Value, null, Ticks(TimeSpan.FromMilliseconds(10)), Now, isLast: true);
        Assert.True(_buffer.TryTake(out _, out _));
        _buffer.EndChunk(_runner, Now, isIdle: false);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.Empty(_wakes);
        Assert.Equal([true], _flushes);
        AddQuick(2);
        _buffer.EndChunk(_runner, Now, isIdle: false);
        Assert.Single(_wakes);
    }

    [Fact]
    public void Many_bytes_go_at_once()
    {
        var value = new byte[SessionLimits.Default.FlushBytes / 4];
        for (var i = 0; i < 3; i++)
        {
            _runner.Add(1, value, null, 1, Now, isLast: false);
        }

        Assert.False(_buffer.TryTake(out _, out _));
        _runner.Add(1, value, null, 1, Now, isLast: false);
        Assert.True(_buffer.TryTake(out _, out _));
    }

    [Fact]
    public void Results_of_runners_side_by_side_stay_together_by_chunk()
    {
        var other = _buffer.AddRunner();
        for (var item = 0; item < 3; item++)
        {
            _runner.Add(1, Value, null, 1, Now, isLast: false);
            other.Add(2, Value, null, 1, Now, isLast: false);
        }

        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.True(_buffer.TryTake(out _, out var entries));
        Assert.Equal([(1UL, 3), (2UL, 3)], entries.Select(entry => (entry.Lease, entry.Values.Count)));
    }

    [Fact]
    public async Task What_a_runner_adds_while_all_is_taken_again_and_again_comes_once_and_in_order()
    {
        const int Count = 200_000;
        var taken = new List<byte>();
        var adding = Task.Run(
            () =>
            {
                for (var item = 0; item < Count; item++)
                {
                    _runner.Add((ulong)(item / 1000) + 1, [(byte)item], null, 1, Now, isLast: item % 1000 == 999);
                }
            },
            TestContext.Current.CancellationToken);
        while (true)
        {
            var isOver = adding.IsCompleted;
            _buffer.FlushIfDue(long.MaxValue);
            if (_buffer.TryTake(out _, out var entries))
            {
                foreach (var entry in entries)
                {
                    taken.AddRange(entry.ToMessage(_time.TimestampFrequency).Values.Data);
                }

                _buffer.Written(entries);
            }

            if (isOver)
            {
                break;
            }
        }

        await adding;
        Assert.Equal(Enumerable.Range(0, Count).Select(item => (byte)item), taken);
    }

    [Fact]
    public void A_chunk_handed_back_has_no_values()
    {
        _buffer.HandBack(7, 12);
        Assert.True(_buffer.TryTake(out _, out var entries));
        var message = Assert.Single(entries).ToMessage(_time.TimestampFrequency);
        Assert.Equal((7UL, 12U), (message.Lease, message.Returned));
        Assert.Null(message.Values);
    }

    [Fact]
    public void Only_one_heartbeat_waits()
    {
        Assert.True(_buffer.TrySendHeartbeat(1));
        Assert.False(_buffer.TrySendHeartbeat(2));
        Assert.True(_buffer.TryTake(out var signs, out _));
        Assert.Equal(1UL, Assert.Single(signs).Heartbeat.Sequence);
        Assert.True(_buffer.TrySendHeartbeat(2));
    }

    [Fact]
    public async Task Messages_are_bounded_but_for_a_single_large_value()
    {
        using var stream = new FakeStream();
        var sender = Sender(stream);
        foreach (var size in new[] { 700_000, 700_000, 3_000_000, 10, 10 })
        {
            _runner.Add(1, new byte[size], null, 1, Now, isLast: false);
        }

        _buffer.Complete();
        await sender.RunAsync();
        Assert.Equal(
            [[700_000], [700_000], [3_000_000], [10, 10]],
            stream.TakeAll().Select(m => m.Results.Results.SelectMany(r => PackedSizes.Read(r.Values.Sizes)).Select(s => (int)s).ToArray()));
    }

    [Fact]
    public async Task Errors_and_busy_time_travel_with_their_results()
    {
        using var stream = new FakeStream();
        var sender = Sender(stream);
        var error = ItemErrors.Create(ErrorReasons.FunctionFailed, "boom");
        error.Index = 1;
        _runner.Add(1, Value, null, Ticks(TimeSpan.FromMicroseconds(3)), Now, isLast: false);
        _runner.Add(1, [], error, Ticks(TimeSpan.FromMicroseconds(4)), Now, isLast: true);
        _buffer.HandBack(1, 5);
        _buffer.Complete();
        await sender.RunAsync();
        var entries = Assert.Single(stream.TakeAll()).Results.Results;
        Assert.Equal((2, 5u), (entries.Count, entries[0].Returned));
        var results = entries[1];
        Assert.Equal([3U, 0U], PackedSizes.Read(results.Values.Sizes));
        Assert.Equal(1UL, Assert.Single(results.Errors).Index);
        Assert.Equal((1UL, 7000UL, 0U), (results.Lease, results.BusyNanoseconds, results.Returned));
    }

    [Fact]
    public async Task The_runner_pauses_while_too_much_is_unwritten()
    {
        using var stream = new FakeStream(holdWrites: true);
        var sending = Sender(stream).RunAsync();
        _runner.Add(1, new byte[SessionLimits.Default.UnwrittenBytes + 1], null, 1, Now, isLast: false);
        await stream.NextAsync();

        // The write has begun and is not done: taken, but not gone.
        var hasPaused = false;
        var runner = new Thread(() => hasPaused = _buffer.WaitForRoom()) { IsBackground = true };
        runner.Start();
        Assert.True(SpinWait.SpinUntil(() => runner.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(20)));
        stream.Release(1);
        Assert.True(runner.Join(TimeSpan.FromSeconds(20)));
        Assert.True(hasPaused);
        Assert.False(_buffer.WaitForRoom());
        _buffer.Complete();
        await sending;
    }

    [Fact]
    public async Task A_runner_that_pauses_is_let_go_when_the_session_ends()
    {
        _runner.Add(1, new byte[SessionLimits.Default.UnwrittenBytes + 1], null, 1, Now, isLast: false);
        var waiting = Task.Factory.StartNew(_buffer.WaitForRoom, TaskCreationOptions.LongRunning);
        _buffer.Stop();
        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fault_is_thrown_after_what_came_before_it()
    {
        using var stream = new FakeStream();
        var sender = Sender(stream);
        AddQuick(1);
        _buffer.Complete(new InvalidOperationException("broken"));
        await Assert.ThrowsAsync<InvalidOperationException>(sender.RunAsync);
        Assert.False(stream.IsEmpty);
    }

    [Fact]
    public async Task What_a_runner_ends_with_is_written_before_it_goes_on()
    {
        using var stream = new FakeStream();
        var sending = Sender(stream).RunAsync();
        AddQuick(1);
        Assert.True(stream.IsEmpty);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.Equal(1UL, Assert.Single(Assert.Single(stream.TakeAll()).Results.Results).Lease);
        Assert.Equal([true], _flushes);
        _buffer.Complete();
        await sending;
    }

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_follows_it_and_the_runner_does_not_wait()
    {
        using var stream = new FakeStream(holdWrites: true);
        var sending = Sender(stream).RunAsync();
        for (var lease = 1UL; lease <= 3; lease++)
        {
            AddQuick(lease);
            _buffer.EndChunk(_runner, Now, isIdle: true);
        }

        Assert.Equal(1UL, Assert.Single((await stream.NextAsync()).Results.Results).Lease);
        stream.Release(1);
        Assert.Equal([2UL, 3UL], (await stream.NextAsync()).Results.Results.Select(result => result.Lease));
        stream.Release(1);
        _buffer.Complete();
        await sending;
    }

    [Fact]
    public void It_is_not_complete_before_what_a_runner_is_about_to_write_is_taken()
    {
        AddQuick(1);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        _buffer.Complete(new InvalidOperationException("broken"));
        Assert.False(_buffer.IsComplete(out _));
        Assert.True(_buffer.TryTake(out _, out _));
        Assert.True(_buffer.IsComplete(out var fault));
        Assert.Equal("broken", fault?.Message);
    }

    [Fact]
    public async Task What_is_sent_under_a_lock_is_written_by_another_thread()
    {
        using var stream = new FakeStream();
        var sending = Sender(stream).RunAsync();
        _buffer.HandBack(3, 4);
        Assert.Equal([false], _flushes);
        Assert.Equal(4u, Assert.Single((await stream.NextAsync()).Results.Results).Returned);
        _buffer.Complete();
        await sending;
    }

    [Fact]
    public async Task Writing_ends_when_it_is_cancelled_with_a_write_under_way_or_none()
    {
        using var stream = new FakeStream(holdWrites: true);
        var sending = Sender(stream).RunAsync();
        AddQuick(1);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        await stream.NextAsync();
        await _cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(Sender(stream).RunAsync);

        // Nobody writes any more.
        AddQuick(2);
        _buffer.EndChunk(_runner, Now, isIdle: true);
        Assert.True(stream.IsEmpty);
    }

    private void AddQuick(ulong lease) => _runner.Add(lease, Value, null, 1, Now, isLast: false);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    private ResultSender Sender(FakeStream stream) =>
        _sender = new(_buffer, stream, memory: null, SessionLimits.Default, _time.TimestampFrequency, _cancelling.Token);
}
