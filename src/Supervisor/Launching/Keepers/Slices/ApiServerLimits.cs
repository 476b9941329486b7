namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>How long the API server is waited for.</summary>
internal sealed record ApiServerLimits
{
    /// <summary>Until it is connected to. Default: 10 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until a list is there, or a watch begins. Default: 30 s.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until it ends a watch, which is then made again: what is lost without a word is noticed by then. Unit: whole seconds. Default: 2 min.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Until a watch is broken off that it should have ended. Default: 15 s.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a watch without an event has to be open to count as good. Default: 1 s.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after a first failure; it doubles with each further one. Default: 500 ms.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait after a failure. Default: 15 s.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(15);
}
