namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// A thread that looks at what is due: results that waited for company, an item over its time. Parked while nothing
/// is. A thread of its own, so that user code that fills the thread pool cannot hold it up.
/// </summary>
internal sealed class Ticker : IDisposable
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Func<long, long> _tick;
    private long _wakeAt = long.MaxValue;
    private bool _isStopped;

    /// <summary>A ticker; <see cref="Start"/> starts it.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="tick">Takes the timestamp and returns the one to be called at next. Must not block or throw.</param>
    public Ticker(TimeProvider time, Func<long, long> tick)
    {
        _time = time;
        _tick = tick;
    }

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "ticker" }.Start();

    /// <summary>Asks for a tick at a timestamp, or before.</summary>
    /// <param name="timestamp">The timestamp.</param>
    public void WakeBy(long timestamp)
    {
        lock (_gate)
        {
            if (timestamp < _wakeAt)
            {
                _wakeAt = timestamp;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (WaitUntilDue(out var now))
        {
            // Outside of the lock: those who hold their own locks call WakeBy.
            WakeBy(_tick(now));
        }
    }

    private bool WaitUntilDue(out long now)
    {
        lock (_gate)
        {
            while (!_isStopped)
            {
                now = _time.GetTimestamp();
                if (now >= _wakeAt)
                {
                    _wakeAt = long.MaxValue;
                    return true;
                }

                if (_wakeAt == long.MaxValue)
                {
                    Monitor.Wait(_gate);
                }
                else
                {
                    // Rounded up: waking early would only mean waiting again. An hour, so that no sum overflows.
                    var left = _time.GetElapsedTime(now, _wakeAt);
                    var limit = Math.Min(Math.Ceiling(left.TotalMilliseconds), TimeSpan.MillisecondsPerHour);
                    Monitor.Wait(_gate, (int)limit);
                }
            }

            now = 0;
            return false;
        }
    }
}
