using Microsoft.Extensions.Logging.Abstractions;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.TestSupport;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class OwnerLoopTests
{
    private static readonly AsyncLocal<string?> Place = new();

    [Fact]
    public async Task Events_run_one_after_the_other_and_those_of_each_thread_in_its_order_wherever_they_run()
    {
        const int Threads = 4;
        const int Events = 50_000;
        var (inside, count, countAtBurst) = (0, 0, 0);
        var last = new int[Threads];
        var faults = new List<string>();
        var loop = NewLoop(() => Alone(() => countAtBurst = count));
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var random = new Random(thread);
            for (var i = 1; i <= Events; i++)
            {
                var number = i;
                if (random.Next(2) == 0)
                {
                    loop.Post(() => Take(thread, number));
                }
                else
                {
                    loop.RunOrPost(() => Take(thread, number));
                }
            }
        })));
        await loop.DisposeAsync();
        Assert.Empty(faults);
        Assert.Equal((Threads * Events, Threads * Events), (count, countAtBurst));

        void Take(int thread, int number) => Alone(() =>
        {
            count++;
            if (number != ++last[thread])
            {
                faults.Add($"event {number} of thread {thread} came after {last[thread] - 1}");
            }
        });

        // Neither counted nor noted under a lock: that is what the loop is for.
        void Alone(Action action)
        {
            if (Interlocked.Exchange(ref inside, 1) != 0)
            {
                faults.Add("two threads at once");
            }

            action();
            Volatile.Write(ref inside, 0);
        }
    }

    [Fact]
    public async Task What_somebody_waits_for_runs_where_it_comes_from_as_on_the_loop_and_is_followed_by_a_burst()
    {
        var bursts = 0;
        await using var loop = NewLoop(() => bursts++);
        Place.Value = "here";

        // Once nothing else runs.
        var (before, place, thread) = await Eventually.AskAsync(
            () =>
            {
                var seen = (Bursts: bursts, Place: (string?)"nowhere", Thread: 0);
                loop.RunOrPost(() =>
                {
                    seen = (bursts, Place.Value, Environment.CurrentManagedThreadId);
                    Place.Value = "changed on the loop";
                });
                return Task.FromResult(seen);
            },
            seen => seen.Thread == Environment.CurrentManagedThreadId);
        Assert.NotEqual(0, thread);
        Assert.Null(place);
        Assert.Equal("here", Place.Value);
        Assert.True(bursts > before, "no burst followed");
    }

    [Fact]
    public async Task An_event_that_brings_another_does_not_run_it_before_it_is_over()
    {
        await using var loop = NewLoop(() => { });
        var order = new List<string>();
        await loop.AskAsync(() =>
        {
            loop.RunOrPost(() => order.Add("second"));
            order.Add("first");
            return true;
        });
        await loop.AskAsync(() => true);
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public async Task What_is_to_be_done_after_a_turn_is_done_where_that_ran_and_the_loop_is_free_by_then()
    {
        await using var loop = NewLoop(() => { });

        // Once nothing else runs.
        var (order, thread) = await Eventually.AskAsync(
            () =>
            {
                var seen = (Order: new List<string>(), Thread: 0);
                loop.RunOrPost(() =>
                {
                    loop.AfterTurn(() =>
                    {
                        seen.Thread = Environment.CurrentManagedThreadId;
                        loop.RunOrPost(() => seen.Order.Add("another turn"));
                        seen.Order.Add("after");
                    });
                    seen.Order.Add("turn");
                });
                return Task.FromResult(seen);
            },
            seen => seen.Thread == Environment.CurrentManagedThreadId);
        Assert.NotEqual(0, thread);
        Assert.Equal(["turn", "another turn", "after"], order);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_what_is_to_be_done_after_a_turn_nothing_waits_for_what_was_to_be_done_before_it(bool isPosted)
    {
        await using var loop = NewLoop(() => { });
        using var second = new ManualResetEventSlim();
        var first = new TaskCompletionSource<bool>();
        Action turn = () =>
        {
            loop.AfterTurn(() => first.SetResult(second.Wait(TimeSpan.FromSeconds(20), CancellationToken.None)));
            loop.AfterTurn(second.Set);
        };
        await Task.Run(() => (isPosted ? loop.Post : (Action<Action>)loop.RunOrPost)(turn), TestContext.Current.CancellationToken);
        Assert.True(await first.Task);
    }

    [Fact]
    public async Task After_its_end_nothing_is_run_and_what_is_asked_fails()
    {
        var ran = new List<string>();
        var loop = NewLoop(() => { });
        loop.Post(() => ran.Add("before"));
        await loop.DisposeAsync();
        loop.Post(() => ran.Add("posted"));
        loop.RunOrPost(() => ran.Add("brought"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.AskAsync(() => true));
        Assert.Equal(["before"], ran);
    }

    [Fact]
    public async Task A_fault_of_one_event_is_that_of_who_asked_for_it_and_the_loop_goes_on()
    {
        await using var loop = NewLoop(() => { });
        loop.Post(() => throw new InvalidOperationException("on purpose"));
        await Assert.ThrowsAsync<FormatException>(() => loop.AskAsync<bool>(() => throw new FormatException("on purpose")));
        Assert.True(await loop.AskAsync(() => true));
    }

    private static OwnerLoop NewLoop(Action afterBurst) => new(TimeProvider.System, NullLogger<OwnerLoop>.Instance, afterBurst);
}
