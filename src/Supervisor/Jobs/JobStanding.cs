namespace WorkerPool.Supervisor.Jobs;

/// <summary>What an open job waits for, as far as the job itself knows.</summary>
internal sealed record JobStanding
{
    /// <summary>What it is at.</summary>
    public JobStage Stage { get; init; }

    /// <summary>How long it has been at that.</summary>
    public TimeSpan StageFor { get; init; }

    /// <summary>Since its client last sent items, or since its start.</summary>
    public TimeSpan AcceptedAgo { get; init; }

    /// <summary>Since a worker last answered, or since its start.</summary>
    public TimeSpan AnsweredAgo { get; init; }

    /// <summary>Since its client last took results or, if later, first had some to take.</summary>
    public TimeSpan UnreadFor { get; init; }

    /// <summary>Results that its client has taken.</summary>
    public long TakenResults { get; init; }

    /// <summary>Results that it could take, and has not.</summary>
    public long UnreadResults { get; init; }

    /// <summary>Bytes of their values.</summary>
    public long UnreadBytes { get; init; }

    /// <summary>Items in its window: sent, and their results not taken.</summary>
    public long HeldItems { get; init; }

    /// <summary>Items that its window has room for.</summary>
    public long WindowItems { get; init; }

    /// <summary>Bytes that its window has room for.</summary>
    public long WindowBytes { get; init; }

    /// <summary>Whether values that were not taken fill the window in bytes.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether its client has said that no more items come.</summary>
    public bool IsInputEnded { get; init; }

    /// <summary>Whether its items came with the indexes from 0 on, without a gap.</summary>
    public bool CountsFromZero { get; init; }

    /// <summary>Whether a chunk of it could be given to a worker.</summary>
    public bool CanTake { get; init; }

    /// <summary>Whether items wait for the rest of their chunk of fixed size.</summary>
    public bool MissesRestOfChunk { get; init; }

    /// <summary>Bytes of its shared arguments that have not come.</summary>
    public long MissingSharedBytes { get; init; }

    /// <summary>Whether its results leave in the order of the input.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The lowest index that has not left, where results leave in the order of the input; <c>null</c> where none is open.</summary>
    public ulong? NextIndex { get; init; }

    /// <summary>Results that wait for one with a lower index.</summary>
    public long OrderedResults { get; init; }

    /// <summary>Items that are to be tried again, and that no worker has.</summary>
    public long AwaitingRerun { get; init; }
}
