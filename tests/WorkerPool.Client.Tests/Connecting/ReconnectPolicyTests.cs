using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WorkerPool.Client.Connecting;

namespace WorkerPool.Client.Tests.Connecting;

public sealed class ReconnectPolicyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly RpcException Lost = new(new Status(StatusCode.Unavailable, "lost"));
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_tried_until_it_succeeds()
    {
        var tries = 0;
        var result = await ToEndAsync(new ReconnectPolicy(() => 1, _time).RunAsync(
            Lost, Limit, _ => ++tries < 4 ? throw Lost : Task.FromResult("back"), Cancelled));
        Assert.Equal(("back", 4), (result, tries));
    }

    [Fact]
    public async Task It_is_tried_no_longer_than_the_limit_and_fails_with_the_last_failure()
    {
        var start = _time.GetTimestamp();
        var last = Lost;
        var thrown = await Assert.ThrowsAsync<RpcException>(() => ToEndAsync(new ReconnectPolicy(() => 1, _time).RunAsync<int>(
            Lost,
            Limit,
            _ =>
            {
                last = new RpcException(new Status(StatusCode.Unavailable, "again"));
                throw last;
            },
            Cancelled)));
        Assert.Same(last, thrown);
        Assert.InRange(_time.GetElapsedTime(start), Limit, Limit + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_try_that_gets_no_answer_ends_with_the_limit()
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(() => ToEndAsync(new ReconnectPolicy(() => 1, _time).RunAsync<int>(
            Lost, Limit, attempt => Never(attempt.Token), Cancelled)));
        Assert.Same(Lost, thrown);
    }

    [Fact]
    public async Task One_that_got_its_answer_has_all_the_time_it_needs()
    {
        var done = new TaskCompletionSource<string>();
        var running = new ReconnectPolicy(() => 1, _time).RunAsync(
            Lost,
            Limit,
            attempt =>
            {
                attempt.Made();
                return done.Task;
            },
            Cancelled);
        for (var passed = TimeSpan.Zero; passed < 3 * Limit; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        done.SetResult("done");
        Assert.Equal("done", await ToEndAsync(running));
    }

    [Fact]
    public async Task Without_time_each_other_address_is_tried_once_and_at_once()
    {
        var tries = 0;
        await Assert.ThrowsAsync<RpcException>(() => new ReconnectPolicy(() => 3, _time).RunAsync<int>(
            Lost,
            TimeSpan.Zero,
            _ =>
            {
                tries++;
                throw Lost;
            },
            Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task What_another_connection_does_not_mend_is_not_tried_again()
    {
        var refused = new RpcException(new Status(StatusCode.InvalidArgument, "refused"));
        var tries = 0;
        var thrown = await Assert.ThrowsAsync<RpcException>(() => ToEndAsync(new ReconnectPolicy(() => 1, _time).RunAsync<int>(
            Lost,
            Limit,
            _ =>
            {
                tries++;
                throw refused;
            },
            Cancelled)));
        Assert.Equal((refused, 1), (thrown, tries));
    }

    [Fact]
    public async Task Waiting_ends_with_the_callers_token()
    {
        using var caller = new CancellationTokenSource();
        var running = new ReconnectPolicy(() => 1, _time).RunAsync<int>(Lost, Limit, _ => throw Lost, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task<int> Never(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return 0;
    }

    // Lets time pass for as long as it takes.
    private async Task<T> ToEndAsync<T>(Task<T> running)
    {
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await running;
    }
}
