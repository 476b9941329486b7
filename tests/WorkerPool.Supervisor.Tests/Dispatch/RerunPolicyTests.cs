using Microsoft.Extensions.Time.Testing;
using WorkerPool.Processes;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Tests.Dispatch;

public sealed class RerunPolicyTests
{
    private static readonly TryOutcome Crash = new TryOutcome.Crash("worker-1 (incarnation 1)", new DeathCertificate(1, 137, null, []));
    private static readonly TryOutcome Throw = new TryOutcome.Failure(Runs.Error(0));
    private static readonly TryOutcome Refusal = new TryOutcome.Failure(Runs.Error(0, ErrorReasons.ItemTypeMismatch));
    private static readonly TryOutcome Timeout = new TryOutcome.Failure(Runs.Error(0, ErrorReasons.ItemTimeout));
    private static readonly TryOutcome Value = new TryOutcome.Value(PackedRun.Empty);
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task An_item_that_always_crashes_is_tried_as_often_as_crashes_are_borne(int maxCrashes, int expected)
    {
        var (outcome, tries) = await Run(maxCrashes, maxRetries: 5, Crash, Crash, Crash, Crash, Crash);
        Assert.Same(Crash, outcome);
        Assert.Equal(expected, tries);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task An_item_that_always_throws_is_tried_again_as_often_as_the_job_asks(int maxRetries, int expected)
    {
        var (outcome, tries) = await Run(maxCrashes: 3, maxRetries, Throw, Throw, Throw, Throw, Throw);
        Assert.Same(Throw, outcome);
        Assert.Equal(expected, tries);
    }

    [Fact]
    public async Task Crashes_and_throws_have_each_their_budget_in_one_account()
    {
        Assert.Equal((Value, 4), await Run(maxCrashes: 3, maxRetries: 1, Crash, Throw, Crash, Value));
        Assert.Equal((Crash, 4), await Run(maxCrashes: 3, maxRetries: 1, Crash, Throw, Crash, Crash, Value));
        Assert.Equal((Throw, 4), await Run(maxCrashes: 3, maxRetries: 1, Throw, Crash, Crash, Throw, Value));
    }

    [Fact]
    public async Task What_no_retry_mends_is_not_retried()
    {
        Assert.Equal((Refusal, 2), await Run(maxCrashes: 3, maxRetries: 5, Crash, Refusal, Value));
        Assert.Equal((Timeout, 2), await Run(maxCrashes: 3, maxRetries: 5, Throw, Timeout, Value));
        var policy = new RerunPolicy(3, TimeSpan.Zero, _time);
        Assert.False(policy.Allows(Refusal, 5));
        Assert.False(policy.Allows(Timeout, 5));
        Assert.False(policy.Allows(Value, 5));
        Assert.False(policy.Allows(Throw, 0));
        Assert.True(policy.Allows(Throw, 1));
        Assert.True(policy.Allows(Crash, 0));
    }

    [Fact]
    public async Task Each_try_is_told_how_the_one_before_ended()
    {
        var told = new List<(int, TryOutcome)>();
        TryOutcome[] outcomes = [Crash, Throw, Value];
        await new RerunPolicy(3, TimeSpan.Zero, _time).RunAsync(
            outcomes[0], 5, default, (attempt, last) =>
            {
                told.Add((attempt, last));
                return Task.FromResult(outcomes[attempt - 1]);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal([(2, Crash), (3, Throw)], told);
    }

    [Fact]
    public async Task A_rerun_waits_for_its_delay()
    {
        var rerun = new TaskCompletionSource();
        var running = new RerunPolicy(3, TimeSpan.FromSeconds(0.5), _time).RunAsync(
            Crash, 0, default, (_, _) =>
            {
                rerun.SetResult();
                return Task.FromResult(Value);
            },
            TestContext.Current.CancellationToken);
        Assert.False(rerun.Task.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await rerun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Same(Value, (await running).Outcome);
    }

    [Fact]
    public async Task Waiting_ends_with_the_job()
    {
        using var job = new CancellationTokenSource();
        var running = new RerunPolicy(3, TimeSpan.FromSeconds(0.5), _time).RunAsync(Crash, 0, default, (_, _) => Task.FromResult(Value), job.Token);
        await job.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await running);
    }

    private ValueTask<(TryOutcome Outcome, int Tries)> Run(int maxCrashes, int maxRetries, params TryOutcome[] outcomes) =>
        new RerunPolicy(maxCrashes, TimeSpan.Zero, _time).RunAsync(
            outcomes[0], maxRetries, default, (attempt, _) => Task.FromResult(outcomes[attempt - 1]), CancellationToken.None);
}
