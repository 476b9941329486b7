namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// Where the time of all workers of a pool goes, by stage. Every sum only rises. Safe for several threads; a
/// worker's own clock is used on one.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class WorkerTimes(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _ticksPerNanosecond = time.TimestampFrequency / 1e9;
    private TimeSpan _start;
    private long _idle;
    private long _idleCount;
    private long _idleSince;
    private long _initialize;
    private long _run;
    private long _send;

    /// <summary>A worker got ready.</summary>
    /// <param name="took">From its launch until then.</param>
    public void Started(TimeSpan took)
    {
        lock (_lock)
        {
            _start += took;
        }
    }

    /// <summary>A worker has no items from now on.</summary>
    /// <param name="clock">The worker's.</param>
    public void BecameIdle(WorkerClock clock)
    {
        // The clock is read under the lock: a sum that was read earlier must not be the larger.
        lock (_lock)
        {
            clock.Mark = time.GetTimestamp();
            clock.IsIdle = true;
            _idleCount++;
            _idleSince += clock.Mark;
        }
    }

    /// <summary>A worker has been given items.</summary>
    /// <param name="clock">The worker's.</param>
    /// <returns>The timestamp.</returns>
    public long Given(WorkerClock clock)
    {
        if (!clock.IsIdle)
        {
            return time.GetTimestamp();
        }

        EndIdle(clock);
        return clock.Mark;
    }

    /// <summary>A worker that has items ran some of them.</summary>
    /// <param name="clock">The worker's.</param>
    /// <param name="busyNanoseconds">The time they took.</param>
    /// <param name="initializingNanoseconds">The time that went before the first of them. Default: none.</param>
    /// <returns>The timestamp.</returns>
    public long Ran(WorkerClock clock, ulong busyNanoseconds, ulong initializingNanoseconds = 0)
    {
        var now = time.GetTimestamp();
        var busy = (long)(busyNanoseconds * _ticksPerNanosecond);
        var initializing = (long)(initializingNanoseconds * _ticksPerNanosecond);
        var rest = now - clock.Mark - busy - initializing - clock.Ahead;
        clock.Mark = now;
        clock.Ahead = Math.Max(0, -rest);
        clock.Initialized += initializing;
        clock.Ran += busy;
        clock.Sent += Math.Max(0, rest);

        // One thread adds to these; readers may see them a moment late.
        Volatile.Write(ref _initialize, _initialize + initializing);
        Volatile.Write(ref _run, _run + busy);
        Volatile.Write(ref _send, _send + Math.Max(0, rest));
        return now;
    }

    /// <summary>A worker is dead. What it did with its items since the last results is not known, and in no stage.</summary>
    /// <param name="clock">The worker's.</param>
    public void Gone(WorkerClock clock)
    {
        if (clock.IsIdle)
        {
            EndIdle(clock);
        }
    }

    /// <summary>The time between two timestamps, in seconds.</summary>
    /// <param name="from">The earlier.</param>
    /// <param name="to">The later.</param>
    public double SecondsBetween(long from, long to) => (to - from) / (double)time.TimestampFrequency;

    /// <summary>The sums so far.</summary>
    public WorkerTimeSums Read()
    {
        lock (_lock)
        {
            var idle = _idle + (_idleCount * time.GetTimestamp()) - _idleSince;
            return new WorkerTimeSums(
                _start, Span(Volatile.Read(ref _initialize)), Span(idle), Span(Volatile.Read(ref _run)), Span(Volatile.Read(ref _send)));
        }
    }

    /// <summary>The sums of one worker so far; its start is not known here. On the thread that its clock is used on.</summary>
    /// <param name="clock">The worker's.</param>
    public WorkerTimeSums Read(WorkerClock clock) => new(
        TimeSpan.Zero,
        Span(clock.Initialized),
        Span(clock.Waited + (clock.IsIdle ? time.GetTimestamp() - clock.Mark : 0)),
        Span(clock.Ran),
        Span(clock.Sent));

    private TimeSpan Span(long ticks) => time.GetElapsedTime(0, ticks);

    private void EndIdle(WorkerClock clock)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _idle += now - clock.Mark;
            _idleCount--;
            _idleSince -= clock.Mark;
            clock.Waited += now - clock.Mark;
            clock.Mark = now;
        }

        clock.IsIdle = false;
        clock.Ahead = 0;
    }
}
