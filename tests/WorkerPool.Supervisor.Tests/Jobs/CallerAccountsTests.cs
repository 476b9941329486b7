using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Jobs;

public sealed class CallerAccountsTests
{
    private const long Window = 64 << 20;
    private readonly CallerAccounts _accounts = new();

    [Fact]
    public void A_caller_has_so_many_jobs_and_others_do_not_count()
    {
        var (ci, other) = (Named("ci", new CallerLimits(MaxOpenJobs: 1)), Named("other", new CallerLimits(MaxOpenJobs: 1)));
        Assert.True(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out var grant, out _));
        Assert.True(_accounts.TryOpen(other, Window, 0, isSingleCall: false, out _, out _));
        Assert.False(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out _, out var refusal));
        Assert.Equal(ErrorReasons.TooManyJobs, refusal.Reason);
        Assert.StartsWith("\"ci\" has 1 jobs open", refusal.Message, StringComparison.Ordinal);
        Assert.True(_accounts.TryOpen(ci, Window, 0, isSingleCall: true, out _, out _));
        _accounts.Close(ci, grant);
        Assert.True(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out _, out _));
    }

    [Fact]
    public void The_window_of_a_callers_job_is_within_what_the_caller_may_hold()
    {
        var ci = Named("ci", new CallerLimits(MaxBufferedBytes: 4 << 20));
        Assert.True(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out var grant, out _));
        Assert.Equal(Admission.LeastWindow, grant.WindowBytes);
        Assert.True(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out _, out _));
        Assert.False(_accounts.TryOpen(ci, Window, 0, isSingleCall: false, out _, out var refusal));
        Assert.Equal(ErrorReasons.BuffersFull, refusal.Reason);
    }

    [Fact]
    public void Limits_that_change_leave_the_count_right()
    {
        var (free, limited) = (Named("ci", CallerLimits.None), Named("ci", new CallerLimits(MaxOpenJobs: 1)));
        Assert.True(_accounts.TryOpen(free, Window, 0, isSingleCall: false, out var first, out _));
        Assert.True(_accounts.TryOpen(limited, Window, 0, isSingleCall: false, out var second, out _));
        _accounts.Close(free, first);
        Assert.False(_accounts.TryOpen(limited, Window, 0, isSingleCall: false, out _, out _));
        _accounts.Close(limited, second);
        Assert.True(_accounts.TryOpen(limited, Window, 0, isSingleCall: false, out _, out _));
    }

    [Fact]
    public void Without_callers_there_are_no_limits()
    {
        Assert.True(_accounts.TryOpen(null, Window, 1, isSingleCall: false, out var grant, out _));
        Assert.Equal(Window, grant.WindowBytes);
        _accounts.Close(null, grant);
    }

    private static Caller Named(string name, CallerLimits limits) => new(name, Role.Submitter, limits);
}
