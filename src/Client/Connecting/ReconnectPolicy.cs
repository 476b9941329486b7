using Polly;
using Polly.Retry;

namespace WorkerPool.Client.Connecting;

/// <summary>
/// Decides whether and when a call whose connection failed is tried again. Polly is entered after a failure, not around
/// every success: the first "try" of the pipeline is the failure that has already happened.
/// </summary>
internal sealed class ReconnectPolicy
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);
    private static readonly ResiliencePropertyKey<Budget> BudgetKey = new("workerpool.reconnect");

    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>A policy.</summary>
    /// <param name="addressCount">Addresses there are: after a failure the others are tried at once. Range: 1 and up.</param>
    /// <param name="time">Measures waits and limits.</param>
    public ReconnectPolicy(Func<int> addressCount, TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is { } error
                    && Disconnection.IsWorthRetrying(error)
                    && (arguments.AttemptNumber < addressCount() - 1
                        || arguments.Context.Properties.GetValue(BudgetKey, null!).Left > TimeSpan.Zero)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                    arguments.AttemptNumber < addressCount() - 1 ? TimeSpan.Zero : null),
            })
            .Build();
    }

    /// <summary>Tries again until it succeeds, fails in a way that no other connection mends, or the limit is reached.</summary>
    /// <param name="failure">How it failed before.</param>
    /// <param name="limit">The longest it is tried. Zero: each other address once.</param>
    /// <param name="again">Tries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public async Task<T> RunAsync<T>(
        Exception failure, TimeSpan limit, Func<ConnectAttempt, Task<T>> again, CancellationToken cancellationToken)
    {
        var budget = new Budget(limit, _time) { LastFailure = failure };
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(BudgetKey, budget);
        var isFirst = true;
        try
        {
            return await _pipeline.ExecuteAsync(
                async _ =>
                {
                    if (!isFirst)
                    {
                        return await TryAsync(again, budget, cancellationToken).ConfigureAwait(false);
                    }

                    isFirst = false;
                    throw failure;
                },
                context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TryAsync<T>(
        Func<ConnectAttempt, Task<T>> again, Budget budget, CancellationToken cancellationToken)
    {
        using var attempt = new ConnectAttempt(budget.Limit == TimeSpan.Zero ? null : budget.Left, _time, cancellationToken);
        try
        {
            return await again(attempt).ConfigureAwait(false);
        }
        catch (Exception e) when (
            attempt.IsOutOfTime && !cancellationToken.IsCancellationRequested && !Disconnection.IsWorthRetrying(e))
        {
            // What had gone wrong before says more than that there was no more time.
            throw budget.LastFailure;
        }
        catch (Exception e)
        {
            budget.LastFailure = e;
            throw;
        }
    }

    private sealed class Budget(TimeSpan limit, TimeProvider time)
    {
        private readonly long _since = time.GetTimestamp();

        public required Exception LastFailure { get; set; }

        public TimeSpan Limit => limit;

        public TimeSpan Left => limit - time.GetElapsedTime(_since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
