using WorkerPool.Cli.Top;
using WorkerPool.Client;

namespace WorkerPool.Cli.Tests;

public sealed class TopStateTests
{
    private static readonly JobStatus[] Jobs =
    [
        Job(3, JobState.Running), Job(2, JobState.Running, failed: 5), Job(1, JobState.Completed),
    ];

    [Fact]
    public void The_first_job_is_chosen_until_another_is()
    {
        var state = Press(new TopState(), Key(ConsoleKey.DownArrow));
        Assert.Equal("job-2", state.Chosen);
        Assert.Equal("job-1", Press(Press(state, 'j'), 'j').Chosen);
        Assert.Equal("job-3", Press(Press(state, 'k'), Key(ConsoleKey.UpArrow)).Chosen);
    }

    [Fact]
    public void A_job_is_cancelled_once_that_is_confirmed()
    {
        var (asked, nothing) = new TopState().Press(Key('c'), Jobs);
        Assert.Equal(("job-3", TopWish.Nothing), (asked.ToConfirm, nothing));
        var (confirmed, wish) = asked.Press(Key('y'), Jobs);
        Assert.Equal(("", new TopWish.Cancel("job-3")), (confirmed.ToConfirm, wish));
    }

    [Theory]
    [InlineData('n')]
    [InlineData('q')]
    [InlineData('c')]
    public void Any_other_key_lets_it_go_on(char key)
    {
        var (state, wish) = Press(new TopState(), 'c').Press(Key(key), Jobs);
        Assert.Equal(("", "job-3 goes on.", TopWish.Nothing), (state.ToConfirm, state.Message, wish));
    }

    [Fact]
    public void The_job_that_was_to_be_confirmed_is_cancelled_whatever_moved_meanwhile()
    {
        var asked = Press(new TopState(), 'c');
        var (_, wish) = asked.Press(Key('y'), [Job(4, JobState.Running), .. Jobs]);
        Assert.Equal(new TopWish.Cancel("job-3"), wish);
    }

    [Fact]
    public void What_is_over_is_not_cancelled() => Assert.Equal(
        ("", "job-1 is over already."),
        (Press(new TopState { Chosen = "job-1" }, 'c').ToConfirm, Press(new TopState { Chosen = "job-1" }, 'c').Message));

    [Fact]
    public void Without_jobs_no_key_does_harm()
    {
        foreach (var key in new[] { Key('c'), Key('e'), Key('s'), Key(ConsoleKey.DownArrow), Key(ConsoleKey.Enter) })
        {
            Assert.Equal(TopWish.Nothing, new TopState().Press(key, []).Wish);
        }
    }

    [Fact]
    public void Escape_leaves_the_explanation_and_then_all()
    {
        var explaining = Press(new TopState(), 'e');
        Assert.True(explaining.IsExplaining);
        var (state, wish) = explaining.Press(Key(ConsoleKey.Escape), Jobs);
        Assert.Equal((false, TopWish.Nothing), (state.IsExplaining, wish));
        Assert.Equal(TopWish.Quit, state.Press(Key(ConsoleKey.Escape), Jobs).Wish);
        Assert.Equal(TopWish.Quit, state.Press(Key('q'), Jobs).Wish);
    }

    [Fact]
    public void Jobs_that_run_come_first_in_every_order()
    {
        var state = new TopState();
        foreach (var order in Enum.GetValues<JobOrder>())
        {
            Assert.Equal(order, state.Order);
            Assert.Equal("job-1", state.Sorted(Jobs, new TopRates())[^1].Id);
            state = Press(state, 's');
        }

        Assert.Equal(JobOrder.Newest, state.Order);
        Assert.Equal(["job-2", "job-3", "job-1"], (state with { Order = JobOrder.Failed }).Sorted(Jobs, new TopRates()).Select(job => job.Id));
    }

    private static TopState Press(TopState state, char key) => Press(state, Key(key));

    private static TopState Press(TopState state, ConsoleKeyInfo key) => state.Press(key, Jobs).State;

    private static ConsoleKeyInfo Key(char key) => new(key, ConsoleKey.None, false, false, false);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);

    private static JobStatus Job(int number, JobState state, int failed = 0) =>
        new() { Id = $"job-{number}", State = state, Ledger = new JobLedger(10, 5, failed, 0) };
}
