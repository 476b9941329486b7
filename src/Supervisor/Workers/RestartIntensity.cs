namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// Whether starts fail too often to go on: more than a number of failures within a period, as Erlang/OTP supervisors
/// count restarts. Pure; one thread.
/// </summary>
/// <param name="maxFailures">Failures that are borne. Range: 1 and up.</param>
/// <param name="period">The period they are counted in.</param>
internal sealed class RestartIntensity(int maxFailures, TimeSpan period)
{
    private readonly Queue<TimeSpan> _failures = new();

    /// <summary>Counts a failure.</summary>
    /// <param name="now">When, on any one clock that does not go back.</param>
    /// <returns>Whether the intensity is exceeded.</returns>
    public bool Exceeds(TimeSpan now)
    {
        while (_failures.TryPeek(out var first) && now - first > period)
        {
            _failures.Dequeue();
        }

        _failures.Enqueue(now);
        return _failures.Count >= maxFailures;
    }

    /// <summary>Forgets all failures, because a worker started.</summary>
    public void Reset() => _failures.Clear();
}
