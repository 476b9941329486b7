namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// Publishes the state of what the owner loop owns, for others to read at any time without asking the loop: at most
/// once in an interval while things happen, and once after the last. Used on the owner loop; read from anywhere.
/// </summary>
/// <param name="gather">Gathers the state.</param>
/// <param name="postLater">Runs something on the owner loop, after a time.</param>
internal sealed class GaugePublisher(Func<PoolGauges> gather, Action<TimeSpan, Action> postLater)
{
    /// <summary>The oldest that what is published may be.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private PoolGauges _latest = PoolGauges.Zero;
    private bool _isArmed;
    private bool _isDue;

    /// <summary>What was published last.</summary>
    public PoolGauges Latest => Volatile.Read(ref _latest);

    /// <summary>To be called after each burst of events. Without a clock: it costs next to nothing.</summary>
    public void AfterBurst()
    {
        if (_isDue)
        {
            // All that happened until now is in it; the burst that the alarm itself made starts no new one.
            _isDue = false;
            _isArmed = false;
            Volatile.Write(ref _latest, gather());
        }
        else if (!_isArmed)
        {
            _isArmed = true;
            postLater(Interval, () => _isDue = true);
        }
    }
}
