using Microsoft.Extensions.Time.Testing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Tests.Session;

public sealed class ItemClockTests
{
    // The fake's clock has ticks of 100 ns.
    private readonly FakeTimeProvider _time = new();
    private readonly ItemClock _clock;

    public ItemClockTests() => _clock = new ItemClock(_time);

    [Fact]
    public void Items_are_timed_by_themselves_until_sixteen_in_a_row_were_quick()
    {
        _clock.Begin(Job());
        Assert.Equal(70, Run(70));
        for (var i = 0; i < ItemClock.FirstAlone; i++)
        {
            Assert.Equal(i % 10, Run(i % 10));
        }

        // Together from here on: each as the one before.
        Assert.Equal(5, Run(3));
    }

    [Fact]
    public void Quick_items_are_timed_eight_at_a_time_as_their_average()
    {
        _clock.Begin(Job());
        Quick(ItemClock.FirstAlone, ticks: 4);
        var began = _clock.Now;
        for (var i = 1; i < ItemClock.MostTogether; i++)
        {
            Assert.Equal(4, Run(6));
            Assert.Equal(began, _clock.Now);
        }

        Assert.Equal(6, Run(6));
        Assert.Equal(began + (6 * ItemClock.MostTogether), _clock.Now);
        Assert.Equal(6, Run(2));
    }

    [Fact]
    public void All_times_together_are_the_time_that_went()
    {
        _clock.Begin(Job());
        var began = _clock.Now;
        var sum = Enumerable.Range(0, 10_000).Sum(i => Run(2 + (i % 7)));
        Assert.InRange(_clock.Now - began - sum, -ItemClock.MostTogether * 10, ItemClock.MostTogether * 10);
    }

    [Fact]
    public void A_slow_one_among_quick_ones_counts_with_the_last_and_the_next_are_timed_by_themselves()
    {
        _clock.Begin(Job());
        Quick(ItemClock.FirstAlone, ticks: 4);
        Quick(2, ticks: 4);
        Assert.Equal(4, Run(1004));
        Quick(4, ticks: 4);
        Assert.Equal(1004, Run(4));
        Assert.Equal([5, 6, 7], [Run(5), Run(6), Run(7)]);
    }

    [Fact]
    public void One_that_is_to_be_timed_alone_ends_what_is_timed_together()
    {
        _clock.Begin(Job());
        Quick(ItemClock.FirstAlone, ticks: 4);
        Assert.Equal([4, 4], [Run(4), Run(4)]);
        Assert.Equal(5000, Run(5000, isAlone: true));
    }

    [Fact]
    public void What_is_between_items_belongs_to_none()
    {
        _clock.Begin(Job());
        _time.Advance(TimeSpan.FromSeconds(1));
        _clock.Restart();
        Assert.Equal(3, Run(3));
    }

    [Fact]
    public void Of_another_job_nothing_is_known()
    {
        _clock.Begin(Job());
        Quick(ItemClock.FirstAlone, ticks: 4);
        _clock.Begin(Job());
        Assert.Equal([1, 9], [Run(1), Run(9)]);
    }

    [Fact]
    public void Items_with_a_time_limit_are_timed_by_themselves()
    {
        _clock.Begin(Job(TimeSpan.FromSeconds(1)));
        Quick(2 * ItemClock.FirstAlone, ticks: 4);
        Assert.Equal([1, 9], [Run(1), Run(9)]);
    }

    [Fact]
    public async Task A_slow_item_among_quick_ones_is_known_by_its_index_when_others_were_kept_waiting()
    {
        await using var session = new SessionUnderTest(time: _time);
        await session.OpenAsync();
        var quick = Guid.NewGuid().ToString();
        var name = Guid.NewGuid().ToString();
        var slow = GatedMethods.At(name);
        GatedMethods.At(quick).Open();
        session.SendJob(1, "gated", [.. Enumerable.Repeat($"\"{quick}\"", 150), $"\"{name}\"", .. Enumerable.Repeat($"\"{quick}\"", 49)]);
        await slow.ReachedAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await session.AnswersAsync(150);
        slow.Open();

        var results = await NextAsync(session);
        Assert.Equal(0u, results.Times?.SlowestPosition ?? 0);
        Assert.Equal(1_000_000_000ul, results.Times?.SlowestNanoseconds ?? results.BusyNanoseconds);
    }

    private static async Task<ChunkResults> NextAsync(SessionUnderTest session)
    {
        while (true)
        {
            if ((await session.Responses.NextAsync()).Results is { } results)
            {
                return results.Results[0];
            }
        }
    }

    private static HeldJob Job(TimeSpan? timeout = null) =>
        new() { Number = 1, Encoding = Encoding.Json, ValueEncoding = Encoding.Json, ItemTimeout = timeout };

    private void Quick(int count, int ticks)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(ticks, Run(ticks));
        }
    }

    private long Run(int ticks, bool isAlone = false)
    {
        _time.Advance(TimeSpan.FromTicks(ticks));
        return _clock.EndItem(isAlone);
    }
}
