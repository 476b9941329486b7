using CsCheck;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class FairQueueTests
{
    [Fact]
    public void Members_share_worker_time_by_their_weight_whatever_their_turns_cost() =>
        Gen.Select(Gen.Int[1, 5], Gen.Double[1, 20]).Array[2, 5].Sample(members =>
        {
            var queue = new FairQueue<string>();
            var used = new double[members.Length];
            for (var i = 0; i < members.Length; i++)
            {
                queue.Add($"{i}", members[i].Item1);
                queue.Wait($"{i}");
            }

            for (var turn = 0; turn < 5000; turn++)
            {
                Assert.True(queue.TryNext(out var next));
                var i = int.Parse(next, System.Globalization.CultureInfo.InvariantCulture);
                used[i] += members[i].Item2;
                queue.Charge(next, members[i].Item2);
                queue.Wait(next);
            }

            // However long it goes on, nobody is ahead of anybody by more than one turn of each.
            var times = used.Select((time, i) => time / members[i].Item1).ToList();
            Assert.InRange(times.Max() - times.Min(), 0, members.Max(member => member.Item2 / member.Item1) + 1e-6);
        });

    [Fact]
    public void Who_had_nothing_to_do_has_saved_up_no_turns()
    {
        var queue = new FairQueue<string>();
        queue.Add("busy");
        queue.Add("lazy");
        for (var turn = 0; turn < 100; turn++)
        {
            Take(queue, "busy");
        }

        queue.Wait("lazy");
        queue.Wait("busy");
        var turns = TakeTurns(queue, 10);
        Assert.InRange(turns.Count(turn => turn == "lazy"), 5, 6);
    }

    [Fact]
    public void Who_is_given_time_back_while_it_waits_moves_forward()
    {
        var queue = new FairQueue<string>();
        queue.Add("first");
        queue.Add("second");
        queue.Wait("first");
        queue.Charge("second", 10);
        queue.Wait("second");
        queue.Charge("first", 5);
        queue.Charge("second", -8);
        Assert.Equal(["second", "first"], [Next(queue), Next(queue)]);
    }

    [Fact]
    public void Who_comes_late_starts_at_the_present()
    {
        var queue = new FairQueue<string>();
        queue.Add("old");
        for (var turn = 0; turn < 100; turn++)
        {
            Take(queue, "old");
        }

        queue.Add("new");
        queue.Wait("new");
        queue.Wait("old");
        Assert.InRange(TakeTurns(queue, 10).Count(turn => turn == "new"), 5, 6);
    }

    [Fact]
    public void A_charge_that_was_too_high_is_corrected()
    {
        var queue = new FairQueue<string>();
        queue.Add("a");
        queue.Add("b");
        queue.Charge("a", 100);
        queue.Charge("a", -99);
        queue.Charge("b", 2);
        queue.Wait("a");
        queue.Wait("b");
        Assert.Equal(["a", "b"], [Next(queue), Next(queue)]);
    }

    [Fact]
    public void Who_is_charged_while_it_waits_falls_back()
    {
        var queue = new FairQueue<string>();
        queue.Add("a");
        queue.Add("b");
        queue.Wait("a");
        queue.Wait("b");
        queue.Charge("a", 1);
        Assert.Equal(["b", "a"], [Next(queue), Next(queue)]);
        Assert.False(queue.TryNext(out _));
    }

    [Fact]
    public void Who_waits_twice_gets_one_turn()
    {
        var queue = new FairQueue<string>();
        queue.Add("a");
        queue.Wait("a");
        queue.Wait("a");
        Assert.Equal("a", Next(queue));
        Assert.False(queue.TryNext(out _));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Who_is_removed_gets_no_turn_and_cannot_wait()
    {
        var queue = new FairQueue<string>();
        queue.Add("a");
        queue.Wait("a");
        queue.Remove("a");
        queue.Wait("a");
        queue.Charge("a", 1);
        Assert.False(queue.TryNext(out _));
        Assert.Empty(queue.Members);
    }

    [Fact]
    public void Equals_take_turns_in_the_order_they_came()
    {
        var queue = new FairQueue<string>();
        string[] names = ["a", "b", "c"];
        foreach (var name in names)
        {
            queue.Add(name);
            queue.Wait(name);
        }

        Assert.All(names, name => Assert.Equal(name, Next(queue)));
    }

    private static string Next(FairQueue<string> queue)
    {
        Assert.True(queue.TryNext(out var next));
        return next;
    }

    private static void Take(FairQueue<string> queue, string expected)
    {
        queue.Wait(expected);
        Assert.Equal(expected, Next(queue));
        queue.Charge(expected, 1);
    }

    private static List<string> TakeTurns(FairQueue<string> queue, int count)
    {
        var turns = new List<string>();
        for (var i = 0; i < count; i++)
        {
            turns.Add(Next(queue));
            queue.Charge(turns[^1], 1);
            queue.Wait(turns[^1]);
        }

        return turns;
    }
}
