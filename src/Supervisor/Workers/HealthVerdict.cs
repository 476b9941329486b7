namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Whether a worker counts as dead: only when both its health service and the beat of its dedicated thread have been
/// silent for too long. Pure; one thread.
/// </summary>
/// <param name="limit">The silence that is borne.</param>
/// <param name="start">When the worker was last known to be well, on any one clock.</param>
internal sealed class HealthVerdict(TimeSpan limit, TimeSpan start)
{
    // A beat comes as late as a busy machine makes it.
    private const double BeatsUntilDoubt = 1.5;

    private TimeSpan _lastSign = start;

    /// <summary>A probe was answered, or a beat came.</summary>
    /// <param name="now">When.</param>
    public void Sign(TimeSpan now) => _lastSign = now > _lastSign ? now : _lastSign;

    /// <summary>Whether to probe the worker: it has missed a beat, or might be dead before it is known to have.</summary>
    /// <param name="now">When.</param>
    /// <param name="interval">How often it is to beat, and this is asked.</param>
    public bool IsDoubtful(TimeSpan now, TimeSpan interval)
    {
        var silence = now - _lastSign;
        return silence > interval * BeatsUntilDoubt || silence > limit - (interval * 2);
    }

    /// <summary>Whether the silence is too long.</summary>
    /// <param name="now">When.</param>
    public bool IsDead(TimeSpan now) => now - _lastSign > limit;
}
