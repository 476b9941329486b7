using CsCheck;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Tests.Diagnostics;

public sealed class EventLogTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_kept_as_it_was_told_with_its_number_and_its_time()
    {
        var log = new EventLog(_time);
        log.Add(EventKind.WorkerReady, "worker-1 is ready.", worker: "worker-1");
        var first = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(3));
        log.Add(EventKind.JobStarted, "job-1 started.", jobId: "job-1");
        Assert.Equal(
            [
                new PoolEvent(1, first, EventKind.WorkerReady, "worker-1 is ready.", "worker-1", ""),
                new PoolEvent(2, first + TimeSpan.FromSeconds(3), EventKind.JobStarted, "job-1 started.", "", "job-1"),
            ],
            await KeptAsync(log));
    }

    [Fact]
    public void Whoever_reads_from_a_number_on_gets_every_kept_event_from_there_once() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 10], Gen.Long[0, 35]).Sample((count, capacity, from) =>
        {
            var log = new EventLog(_time, capacity);
            Add(log, count);
            var first = Math.Max(from, Math.Max(1, count - capacity + 1));
            var expected = Enumerable.Range(1, count).Select(i => (long)i).Where(i => i >= first);
            var kept = KeptAsync(log, from).AsTask().GetAwaiter().GetResult();
            Assert.Equal(expected, kept.Select(happened => happened.Sequence));
            Assert.Equal(expected.Select(i => $"event {i}"), kept.Select(happened => happened.Message));
        });

    [Fact]
    public async Task Nothing_is_waited_for_by_whoever_does_not_follow() => Assert.Empty(await KeptAsync(new EventLog(_time)));

    [Fact]
    public async Task Whoever_follows_gets_what_is_kept_and_then_what_comes()
    {
        var log = new EventLog(_time);
        Add(log, 1);
        await using var reader = log.ReadAsync(0, follow: true, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal(1, await NextAsync(reader));
        var next = reader.MoveNextAsync();
        Assert.False(next.IsCompleted);
        Add(log, 2);
        Assert.True(await next.AsTask().WaitAsync(Limit, Cancellation));
        Assert.Equal(2, reader.Current.Sequence);
        Assert.Equal(3, await NextAsync(reader));
    }

    [Fact]
    public async Task Every_one_of_several_that_wait_hears_of_an_event()
    {
        var log = new EventLog(_time);
        var readers = Enumerable.Range(0, 5).Select(_ => log.ReadAsync(0, follow: true, Cancellation).GetAsyncEnumerator(Cancellation)).ToList();
        var waiting = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        Add(log, 1);
        Assert.All(await Task.WhenAll(waiting).WaitAsync(Limit, Cancellation), Assert.True);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_number_that_is_still_to_come_is_waited_for()
    {
        var log = new EventLog(_time);
        await using var reader = log.ReadAsync(3, follow: true, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = reader.MoveNextAsync();
        Add(log, 2);
        Assert.False(next.IsCompleted);
        Add(log, 1);
        Assert.True(await next.AsTask().WaitAsync(Limit, Cancellation));
        Assert.Equal(3, reader.Current.Sequence);
    }

    [Fact]
    public async Task Whoever_was_too_slow_misses_what_was_dropped_and_sees_it_by_the_numbers()
    {
        var log = new EventLog(_time, capacity: 2);
        Add(log, 1);
        await using var reader = log.ReadAsync(0, follow: true, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal(1, await NextAsync(reader));
        Add(log, 5);
        Assert.Equal(5, await NextAsync(reader));
        Assert.Equal(6, await NextAsync(reader));
    }

    [Fact]
    public async Task A_wait_ends_with_its_token()
    {
        using var leaving = new CancellationTokenSource();
        await using var reader = new EventLog(_time).ReadAsync(0, follow: true, leaving.Token).GetAsyncEnumerator(Cancellation);
        var next = reader.MoveNextAsync().AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Limit, Cancellation));
    }

    [Fact]
    public async Task Whoever_follows_a_log_that_is_closed_gets_what_is_kept_and_no_more()
    {
        var log = new EventLog(_time);
        Add(log, 1);
        await using var reader = log.ReadAsync(0, follow: true, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal(1, await NextAsync(reader));
        var next = reader.MoveNextAsync().AsTask();
        log.Close();
        Assert.False(await next.WaitAsync(Limit, Cancellation));
        Add(log, 1);
        log.Close();
        Assert.Equal([1, 2], await log.ReadAsync(0, follow: true, Cancellation).Select(happened => happened.Sequence).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_is_missed_nor_repeated_while_several_add()
    {
        const int Each = 500;
        var log = new EventLog(_time);
        var reading = ReadAsync(4 * Each);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Add(log, Each), Cancellation)));
        Assert.Equal(Enumerable.Range(1, 4 * Each).Select(i => (long)i), await reading.WaitAsync(Limit, Cancellation));

        async Task<List<long>> ReadAsync(int count) => await log.ReadAsync(0, follow: true, Cancellation)
            .Select(happened => happened.Sequence).Take(count).ToListAsync(Cancellation);
    }

    private static void Add(EventLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            log.Add(EventKind.JobStarted, $"event {i + 1}");
        }
    }

    private static ValueTask<List<PoolEvent>> KeptAsync(EventLog log, long from = 0) =>
        log.ReadAsync(from, follow: false, Cancellation).ToListAsync(Cancellation);

    private static async Task<long> NextAsync(IAsyncEnumerator<PoolEvent> reader)
    {
        Assert.True(await reader.MoveNextAsync().AsTask().WaitAsync(Limit, Cancellation));
        return reader.Current.Sequence;
    }
}
