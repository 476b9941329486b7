namespace WorkerPool.Client;

/// <summary>Something that happened in a pool.</summary>
public sealed record PoolEvent
{
    /// <summary>Its number: rises by one. Range: 1 and up. Watching goes on from the next one.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, by the clock of the Supervisor.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What kind.</summary>
    public PoolEventKind Kind { get; init; }

    /// <summary>In a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>Name of the worker it is about; empty where it is about none.</summary>
    public string Worker { get; init; } = "";

    /// <summary>Id of the job it is about; empty where it is about none.</summary>
    public string JobId { get; init; } = "";

    internal static PoolEvent From(V1.PoolEvent happened) => new()
    {
        Sequence = (long)happened.Sequence,
        Time = happened.Time?.ToDateTimeOffset() ?? default,
        Kind = Enum.IsDefined((PoolEventKind)happened.Kind) ? (PoolEventKind)happened.Kind : PoolEventKind.Unknown,
        Message = happened.Message,
        Worker = happened.Worker,
        JobId = happened.JobId,
    };
}
