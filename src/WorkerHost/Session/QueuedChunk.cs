using WorkerPool.Protocol.Packing;

namespace WorkerPool.WorkerHost.Session;

/// <summary>A chunk that is to run. How far it has come is for <see cref="ChunkQueue"/> alone to change.</summary>
internal sealed class QueuedChunk
{
    private volatile bool _isCancelled;

    /// <summary>Its lease. Range: 1 and up.</summary>
    public required ulong Lease { get; init; }

    /// <summary>Its job.</summary>
    public required HeldJob Job { get; init; }

    /// <summary>Index of its first item in the job.</summary>
    public required ulong FirstIndex { get; init; }

    /// <summary>Its items, at least one, in the segments they came in.</summary>
    public required IReadOnlyList<PackedRun> Segments { get; init; }

    /// <summary>Number of its items.</summary>
    public required int Count { get; init; }

    /// <summary>Which try of its items this is.</summary>
    public uint Attempt { get; init; }

    /// <summary>The span that it is run in, as in a W3C traceparent header; empty: nobody traces it.</summary>
    public string Traceparent { get; init; } = "";

    /// <summary>What goes with that, as in a W3C tracestate header.</summary>
    public string Tracestate { get; init; } = "";

    /// <summary>Items that have been started. Guarded by the queue.</summary>
    public int Started { get; set; }

    /// <summary>Items that are to run: all of them, less those handed back from the end. Guarded by the queue.</summary>
    public int End { get; set; }

    /// <summary>Whether what comes before its first item is under way. Guarded by the queue.</summary>
    public bool IsInPreparation { get; set; }

    /// <summary>Whether its job is over, so that its running item is to be cancelled.</summary>
    public bool IsCancelled
    {
        get => _isCancelled;
        set => _isCancelled = value;
    }
}
