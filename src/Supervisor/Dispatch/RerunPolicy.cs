using Polly;
using Polly.Retry;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// Decides whether, when and how often an item is tried again. Polly is entered after a failure, not around every
/// success: the first "try" of the pipeline is the failure that has already happened.
/// </summary>
internal sealed class RerunPolicy
{
    private static readonly ResiliencePropertyKey<Budget> BudgetKey = new("workerpool.budget");
    private readonly ResiliencePipeline<TryOutcome> _pipeline;
    private readonly int _maxCrashes;

    /// <summary>A policy.</summary>
    /// <param name="maxCrashes">How many crashes an item may be charged with. Range: 1 and up.</param>
    /// <param name="firstDelay">Wait before the first rerun; it doubles, with jitter, up to a second. Zero: never wait.</param>
    /// <param name="time">Measures the waits.</param>
    public RerunPolicy(int maxCrashes, TimeSpan firstDelay, TimeProvider time)
    {
        _maxCrashes = maxCrashes;
        _pipeline = new ResiliencePipelineBuilder<TryOutcome> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<TryOutcome>
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } outcome
                    && arguments.Context.Properties.GetValue(BudgetKey, null!).Allows(outcome)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = firstDelay,
                MaxDelay = TimeSpan.FromSeconds(1),
            })
            .Build();
    }

    /// <summary>How many crashes an item may be charged with.</summary>
    public int MaxCrashes => _maxCrashes;

    /// <summary>Whether a failure may be tried again at all.</summary>
    /// <param name="outcome">The failure.</param>
    /// <param name="maxRetries">The job's retries of thrown errors.</param>
    /// <param name="spent">What the item was charged with before.</param>
    public bool Allows(TryOutcome outcome, int maxRetries, SpentTries spent = default) =>
        new Budget(_maxCrashes, maxRetries, spent).Allows(outcome);

    /// <summary>Tries an item again until it succeeds or its budget is spent.</summary>
    /// <param name="failure">How its last try ended.</param>
    /// <param name="maxRetries">The job's retries of thrown errors.</param>
    /// <param name="spent">What it was charged with before that.</param>
    /// <param name="rerun">Runs one try; is given its number (2 and up) and how the try before ended.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How the last try ended, and how many there were.</returns>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public async ValueTask<(TryOutcome Outcome, int Tries)> RunAsync(
        TryOutcome failure,
        int maxRetries,
        SpentTries spent,
        Func<int, TryOutcome, Task<TryOutcome>> rerun,
        CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(BudgetKey, new Budget(_maxCrashes, maxRetries, spent));
        var tries = spent.Count;
        var last = failure;
        try
        {
            var outcome = await _pipeline.ExecuteAsync(
                async _ => ++tries == spent.Count + 1 ? failure : last = await rerun(tries, last), context);
            return (outcome, tries);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // One budget an item, whatever its tries died of.
    private sealed class Budget(int maxCrashes, int maxRetries, SpentTries spent)
    {
        private SpentTries _spent = spent;

        public bool Allows(TryOutcome outcome)
        {
            var before = _spent;
            _spent = before.After(outcome);
            return outcome is TryOutcome.Suspicion || (_spent.Crashes > before.Crashes ? _spent.Crashes < maxCrashes
                : _spent.Throws > before.Throws && _spent.Throws <= maxRetries);
        }
    }
}
