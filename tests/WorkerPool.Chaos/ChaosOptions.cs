namespace WorkerPool.Chaos;

/// <summary>What a run does.</summary>
public sealed record ChaosOptions
{
    /// <summary>Items after which no further map begins. Range: 1 and up.</summary>
    public long Items { get; init; } = long.MaxValue;

    /// <summary>Seed of all that is left to chance: items, their faults, and what strikes when.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What strikes.</summary>
    public IReadOnlySet<ChaosFault> Faults { get; init; } = new HashSet<ChaosFault>();

    /// <summary>Time after which no further map begins and nothing strikes. Range: above zero.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Workers. Range: 1 and up.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>SDK clients. Range: 1 and up.</summary>
    public int Clients { get; init; } = 4;
}
