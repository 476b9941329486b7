using WorkerPool.Protocol.Packing;

namespace WorkerPool.WorkerHost.Session;

/// <summary>A chunk that is to run. How far it has come is for <see cref="ChunkQueue"/> alone to change.</summary>
internal sealed class QueuedChunk
{
    private volatile bool _isCancelled;

    // Items that have been started, in the upper half, and those that are to run, in the lower: they change together or not.
    private ulong _progress;

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

    /// <summary>Items that are to run: all of them, less those handed back from the end.</summary>
    public int End
    {
        get => (int)(uint)Volatile.Read(ref _progress);
        init => _progress = (uint)value;
    }

    /// <summary>Index in the job of the item that was started last. One has been started.</summary>
    public ulong RunningIndex => FirstIndex + (Volatile.Read(ref _progress) >> 32) - 1;

    /// <summary>The span that it is run in, as in a W3C traceparent header; empty: nobody traces it.</summary>
    public string Traceparent { get; init; } = "";

    /// <summary>What goes with that, as in a W3C tracestate header.</summary>
    public string Tracestate { get; init; } = "";

    /// <summary>Starts the next item, unless none is left to run. For its runner.</summary>
    public bool TryStart()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _progress);
            if (seen >> 32 >= (uint)seen)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _progress, seen + (1UL << 32), seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Cuts items off the end, as far as they have not been started.</summary>
    /// <param name="count">How many, at most.</param>
    /// <param name="kept">How many from the start on are kept whether they have been started or not.</param>
    /// <returns>How many it were.</returns>
    public int CutOff(int count, int kept)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _progress);
            var end = (int)(uint)seen;
            var cut = Math.Min(count, end - Math.Max((int)(seen >> 32), kept));
            if (cut <= 0)
            {
                return 0;
            }

            if (Interlocked.CompareExchange(ref _progress, seen - (uint)cut, seen) == seen)
            {
                return cut;
            }
        }
    }

    /// <summary>Whether what comes before its first item is under way. Guarded by the queue.</summary>
    public bool IsInPreparation { get; set; }

    /// <summary>Whether its job is over, so that its running item is to be cancelled.</summary>
    public bool IsCancelled
    {
        get => _isCancelled;
        set => _isCancelled = value;
    }
}
