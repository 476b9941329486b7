using Microsoft.Extensions.Time.Testing;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Tests.Session;

/// <summary>How long results wait for each other where they may (<see cref="WorkerPool.Protocol.Timing.ResultWait"/>).</summary>
public sealed class WaitingResultsTests
{
    private static readonly byte[] Value = "123"u8.ToArray();
    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _wakes = [];
    private readonly List<bool> _flushes = [];
    private readonly ResultBuffer _buffer;
    private readonly RunnerResults _runner;

    public WaitingResultsTests()
    {
        _buffer = new ResultBuffer(SessionLimits.Default, _time, _wakes.Add, _flushes.Add);
        _runner = _buffer.AddRunner();
        _runner.MayWait = true;
    }

    private long Now => _time.GetTimestamp();

    [Theory]
    [InlineData(0.2, 8)]
    [InlineData(1, 8)]
    [InlineData(10, 5)]
    [InlineData(20, 3)]
    [InlineData(49, 2)]
    [InlineData(50, 1)]
    [InlineData(1000, 1)]
    public void Results_that_may_wait_go_together_as_long_as_the_first_waits_eight_items_and_50_ms_at_most(double milliseconds, int together)
    {
        var took = TimeSpan.FromMilliseconds(milliseconds);
        for (var message = 0; message < 3; message++)
        {
            for (var item = 1; item <= together; item++)
            {
                Assert.False(_buffer.TryTake(out _, out _));
                _time.Advance(took);
                _runner.Add(1, Value, null, Ticks(took), Now, isLast: false);
            }

            Assert.True(_buffer.TryTake(out _, out var entries));
            Assert.Equal(together, Assert.Single(entries).ToMessage(_time.TimestampFrequency).Values.ItemCount);
            _buffer.Written(entries);
        }

        Assert.Equal([true, true, true], _flushes);
    }

    [Fact]
    public void A_result_that_waits_for_one_that_takes_longer_is_sent_without_it()
    {
        _runner.Add(1, Value, null, Ticks(TimeSpan.FromMilliseconds(2)), Now, isLast: false);
        Assert.False(_buffer.TryTake(out _, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(16), _time.GetElapsedTime(Now, Assert.Single(_wakes)));
        _time.Advance(TimeSpan.FromMilliseconds(16));
        Assert.Equal(long.MaxValue, _buffer.FlushIfDue(Now));
        Assert.True(_buffer.TryTake(out _, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_result_that_may_wait_at_the_end_of_a_chunk_does_so_only_for_another_chunk(bool isIdle)
    {
        _runner.Add(1, Value, null, Ticks(TimeSpan.FromMilliseconds(2)), Now, isLast: true);
        _buffer.EndChunk(_runner, Now, isIdle);
        Assert.Equal(isIdle, _buffer.TryTake(out _, out _));
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
