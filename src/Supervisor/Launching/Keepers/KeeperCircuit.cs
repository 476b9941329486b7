using Polly;
using Polly.CircuitBreaker;
using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching.Keepers;

/// <summary>
/// Polly's circuit breaker around the launches of one keeper: where they fail it is left alone for a while, so that the pool launches at
/// other keepers, and whoever can launch nowhere else is told at once. Then one launch shows whether it is well again. Safe for several
/// threads.
/// </summary>
internal sealed class KeeperCircuit
{
    private const int LeastLaunches = 2;
    private const double MostFail = 0.9;
    private const int MostDoublings = 3;
    private static readonly TimeSpan Counted = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _lock = new();
    private DateTimeOffset _openUntil = DateTimeOffset.MinValue;
    private WorkerStartException? _failure;

    /// <summary>A keeper that is well.</summary>
    /// <param name="time">Measures how long it is left alone.</param>
    public KeeperCircuit(TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<WorkerStartException>(),
                FailureRatio = MostFail,
                MinimumThroughput = LeastLaunches,
                SamplingDuration = Counted,
                BreakDurationGenerator = broken => ValueTask.FromResult(FirstBreak * (1 << Math.Min(broken.HalfOpenAttempts, MostDoublings))),
                OnOpened = opened =>
                {
                    Open(opened.BreakDuration, opened.Outcome.Exception as WorkerStartException);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Called when it is left alone from now on, with why and for how long. Default: nothing.</summary>
    public Action<WorkerStartException, TimeSpan> Opened { get; set; } = (_, _) => { };

    /// <summary>Why it is left alone now; <c>null</c> when it is not, or has been for long enough to be tried again.</summary>
    public WorkerStartException? Failure
    {
        get
        {
            lock (_lock)
            {
                // Each of those who are told throws one of its own.
                return _failure is { } failure && _time.GetUtcNow() < _openUntil
                    ? new WorkerStartException(failure.Reason, failure.Message) { HasTimedOut = failure.HasTimedOut }
                    : null;
            }
        }
    }

    /// <summary>Launches, unless it is left alone.</summary>
    /// <param name="launch">Launches.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WorkerStartException">It could not be started.</exception>
    /// <exception cref="BrokenCircuitException">It is left alone, or another launch is to show whether it is well again.</exception>
    public async Task<ILaunchedWorker> RunAsync(Func<CancellationToken, Task<ILaunchedWorker>> launch, CancellationToken cancellation) =>
        await _pipeline.ExecuteAsync(async token => await launch(token), cancellation);

    private void Open(TimeSpan duration, WorkerStartException? failure)
    {
        lock (_lock)
        {
            _openUntil = _time.GetUtcNow() + duration;
            _failure = failure;
        }

        if (failure is not null)
        {
            Opened(failure, duration);
        }
    }
}
