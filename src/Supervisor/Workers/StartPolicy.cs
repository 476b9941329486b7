using Polly;
using Polly.Retry;
using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Workers;

/// <summary>When a start of a worker that failed is tried again: by Polly, for ever, at growing intervals with jitter.</summary>
internal static class StartPolicy
{
    /// <summary>The policy of one place for a worker.</summary>
    /// <param name="first">The wait after the first failure.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="time">Measures the waits.</param>
    /// <param name="waits">Is told of each wait when it begins. Default: nobody is.</param>
    public static ResiliencePipeline Create(TimeSpan first, TimeSpan longest, TimeProvider time, Action<TimeSpan>? waits = null) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<WorkerStartException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = first,
                MaxDelay = longest,
                OnRetry = retry =>
                {
                    waits?.Invoke(retry.RetryDelay);
                    return default;
                },
            })
            .Build();
}
