using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Tests.Security;

public sealed class OpenCallsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OpenCalls _calls;

    public OpenCallsTests() => _calls = new OpenCalls(_time);

    [Fact]
    public void Nobody_waits_where_there_was_no_call() => Assert.True(_calls.NoneAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);

    [Fact]
    public async Task The_last_call_has_been_over_for_a_moment()
    {
        var (first, second) = (Call(), Call());
        var none = _calls.NoneAsync(TestContext.Current.CancellationToken);
        await first.EndAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(none.IsCompleted);
        await second.EndAsync();
        Assert.False(_calls.NoneAsync(TestContext.Current.CancellationToken).IsCompleted);
        _time.Advance(OpenCalls.Moment);
        Assert.True(_calls.NoneAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);

        // It may not have begun to wait for the moment when that was over.
        Assert.True(SpinWait.SpinUntil(IsOverLater, TimeSpan.FromSeconds(20)), "it waits for ever");
        await none;

        bool IsOverLater()
        {
            _time.Advance(OpenCalls.Moment);
            return none.IsCompleted;
        }
    }

    [Fact]
    public async Task Who_stops_does_not_wait_for_longer_than_it_wants()
    {
        _ = Call();
        using var limit = new CancellationTokenSource();
        var none = _calls.NoneAsync(limit.Token);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => none);
    }

    private OpenCall Call()
    {
        var call = new OpenCall();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(call);
        _calls.Add(context);
        return call;
    }

    private sealed class OpenCall : HttpResponseFeature
    {
        private Func<Task> _end = () => Task.CompletedTask;

        public override void OnCompleted(Func<object, Task> callback, object state) => _end = () => callback(state);

        public Task EndAsync() => _end();
    }
}
