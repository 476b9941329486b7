using Polly;
using Polly.CircuitBreaker;

namespace WorkerPool.Client.Connecting.Routes;

/// <summary>
/// Polly's circuit breaker of one cell: where connections fail it is passed over for a while, and then one call shows whether it is
/// back. Told of failures, not wrapped around calls: these are streams that are open for hours. Safe for several threads.
/// </summary>
internal sealed class CellCircuit
{
    private const int Failures = 2;
    private const int MostDoublings = 3;
    private static readonly TimeSpan Counted = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _pipeline;
    private long _openUntilTicks;

    /// <summary>That of a cell that is well.</summary>
    /// <param name="time">Measures how long it is passed over.</param>
    public CellCircuit(TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),
                FailureRatio = 1,
                MinimumThroughput = Failures,
                SamplingDuration = Counted,
                StateProvider = _state,
                BreakDurationGenerator = broken => ValueTask.FromResult(Break(broken.HalfOpenAttempts)),
            })
            .Build();
    }

    /// <summary>Whether it is passed over now.</summary>
    public bool IsOpen => _state.CircuitState != CircuitState.Closed && _time.GetUtcNow().UtcTicks < Volatile.Read(ref _openUntilTicks);

    /// <summary>A call failed there.</summary>
    /// <param name="error">How.</param>
    public void Failed(Exception error) => _ = TellAsync(Polly.Outcome.FromException<bool>(error));

    /// <summary>A call got through.</summary>
    public void Reached()
    {
        // While it is well successes are not counted: those of a minute ago say nothing of a cell that is gone.
        if (_state.CircuitState != CircuitState.Closed)
        {
            _ = TellAsync(Polly.Outcome.FromResult(true));
        }
    }

    // Here, since what Polly tells of an opened circuit it tells later, from another thread.
    private TimeSpan Break(int attempts)
    {
        var duration = FirstBreak * (1 << Math.Min(attempts, MostDoublings));
        Volatile.Write(ref _openUntilTicks, (_time.GetUtcNow() + duration).UtcTicks);
        return duration;
    }

    // While it is open this comes to nothing, as it should.
    private async Task TellAsync(Polly.Outcome<bool> outcome)
    {
        var context = ResilienceContextPool.Shared.Get();
        await _pipeline.ExecuteOutcomeAsync(static (_, told) => ValueTask.FromResult(told), context, outcome).ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);
    }
}
