using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Dashboard;

namespace WorkerPool.Supervisor.Tests.Dashboard;

/// <summary>Who has logged in, and for how long.</summary>
public sealed class DashboardSessionsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_session_is_found_by_what_its_cookie_holds_and_by_nothing_else()
    {
        var sessions = new DashboardSessions(_time);
        var (first, second) = (sessions.Open([1]), sessions.Open([2]));
        Assert.NotEqual(first, second);
        Assert.Equal([1], sessions.Find(first));
        Assert.Equal([2], sessions.Find(second));
        Assert.Null(sessions.Find(""));
        Assert.Null(sessions.Find(first + "x"));
    }

    [Fact]
    public void It_ends_when_it_is_closed_and_after_twelve_hours()
    {
        var sessions = new DashboardSessions(_time);
        var (closed, old) = (sessions.Open([1]), sessions.Open([2]));
        sessions.Close(closed);
        Assert.Null(sessions.Find(closed));
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.NotNull(sessions.Find(old));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(sessions.Find(old));
    }

    [Fact]
    public void Beyond_a_thousand_the_oldest_goes()
    {
        var sessions = new DashboardSessions(_time);
        var oldest = sessions.Open([1]);
        for (var i = 0; i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sessions.Open([2]);
        }

        Assert.Null(sessions.Find(oldest));
    }
}
