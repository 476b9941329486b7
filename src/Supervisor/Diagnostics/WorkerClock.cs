namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>Up to when a worker's time is accounted for. Belongs to <see cref="WorkerTimes"/>, which alone changes it.</summary>
internal sealed class WorkerClock
{
    /// <summary>Timestamp that all is accounted for up to.</summary>
    public long Mark { get; set; }

    /// <summary>Ticks by which results came sooner than the run time they report: the next waits pay for it.</summary>
    public long Ahead { get; set; }

    /// <summary>Whether it is ready and has no items.</summary>
    public bool IsIdle { get; set; }
}
