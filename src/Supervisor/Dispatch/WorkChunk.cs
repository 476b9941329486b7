namespace WorkerPool.Supervisor.Dispatch;

/// <summary>A run of consecutive items given to a worker as one unit of scheduling.</summary>
/// <param name="Source">Whose items they are.</param>
/// <param name="FirstIndex">Index of the first item in its job.</param>
/// <param name="Items">The items.</param>
internal sealed record WorkChunk(IWorkSource Source, ulong FirstIndex, ItemSegments Items)
{
    /// <summary>Which try of its items this is. Range: 1 and up.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The rerun that waits for its one item's outcome; <c>null</c> for a first try.</summary>
    public Rerun? Rerun { get; init; }

    /// <summary>Whether it must have a worker to itself, being suspected of killing workers.</summary>
    public bool Alone => Rerun is { Alone: true };

    /// <summary>The part from a position to the end.</summary>
    /// <param name="start">Position of the first item kept.</param>
    public WorkChunk From(int start) => Part(start, Items.Count - start);

    /// <summary>A part.</summary>
    /// <param name="start">Position of the first item kept.</param>
    /// <param name="count">How many items are kept.</param>
    public WorkChunk Part(int start, int count) => start == 0 && count == Items.Count
        ? this
        : this with { FirstIndex = FirstIndex + (ulong)start, Items = Items.Slice(start, count) };
}
