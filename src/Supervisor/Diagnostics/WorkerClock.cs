namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>Up to when a worker's time is accounted for. Belongs to <see cref="WorkerTimes"/>, which alone changes it.</summary>
internal sealed class WorkerClock
{
    /// <summary>Timestamp that all is accounted for up to.</summary>
    public long Mark { get; set; }

    /// <summary>Ticks by which results came sooner than the run time they report: the next waits pay for it.</summary>
    public long Ahead { get; set; }

    /// <summary>Ticks that it was ready and had no items, up to <see cref="Mark"/>.</summary>
    public long Waited { get; set; }

    /// <summary>Ticks that went before the first items of jobs.</summary>
    public long Initialized { get; set; }

    /// <summary>Ticks that it ran items.</summary>
    public long Ran { get; set; }

    /// <summary>Ticks of the rest of the time that it had items.</summary>
    public long Sent { get; set; }

    /// <summary>Whether it is ready and has no items.</summary>
    public bool IsIdle { get; set; }
}
