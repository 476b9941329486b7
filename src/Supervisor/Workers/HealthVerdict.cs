namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Whether a worker counts as dead: only when both its health service and the beat of its dedicated thread have been
/// silent for too long. Pure; one thread.
/// </summary>
/// <param name="limit">The silence that is borne.</param>
/// <param name="start">When the worker was last known to be well, on any one clock.</param>
internal sealed class HealthVerdict(TimeSpan limit, TimeSpan start)
{
    private TimeSpan _lastSign = start;

    /// <summary>A probe was answered, or a beat came.</summary>
    /// <param name="now">When.</param>
    public void Sign(TimeSpan now) => _lastSign = now > _lastSign ? now : _lastSign;

    /// <summary>Whether the silence is too long.</summary>
    /// <param name="now">When.</param>
    public bool IsDead(TimeSpan now) => now - _lastSign > limit;
}
