using System.Diagnostics;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>A chunk that a worker holds the lease of.</summary>
/// <param name="lease">The lease.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="expectedItemNanoseconds">The time an item is expected to take.</param>
internal sealed class InFlightChunk(ulong lease, WorkChunk chunk, double expectedItemNanoseconds)
{
    /// <summary>The lease.</summary>
    public ulong Lease { get; } = lease;

    /// <summary>The chunk, less the items that were handed back.</summary>
    public WorkChunk Chunk { get; private set; } = chunk;

    /// <summary>The bytes of its items when it was sent.</summary>
    public long Bytes { get; } = chunk.Items.ByteCount;

    /// <summary>The time an item is expected to take, in nanoseconds.</summary>
    public double ExpectedItemNanoseconds { get; } = expectedItemNanoseconds;

    /// <summary>The time its unanswered items are expected to take, in nanoseconds.</summary>
    public double ExpectedNanoseconds => ExpectedItemNanoseconds * UnansweredCount;

    /// <summary>Whether it is expected to be quick (<see cref="WorkerLoad.IsQuick"/>) and has not shown that it is not.</summary>
    public bool IsQuick { get; set; } = WorkerLoad.IsQuick(chunk.Source);

    /// <summary>Items answered so far.</summary>
    public int Answered { get; private set; }

    /// <summary>Items not answered.</summary>
    public int UnansweredCount => Chunk.Items.Count - Answered;

    /// <summary>The items not answered.</summary>
    public WorkChunk Unanswered => Chunk.From(Answered);

    /// <summary>Whether items have been asked back and neither come nor run yet.</summary>
    public bool IsReclaimed { get; set; }

    /// <summary>The item whose worker is being killed because it did not yield after its timeout.</summary>
    public ulong? TimedOutIndex { get; set; }

    /// <summary>Timestamp of its dispatch, for those who measure.</summary>
    public long SentAt { get; set; }

    /// <summary>Its span; <c>null</c> when nobody wants one.</summary>
    public Activity? Span { get; set; }

    /// <summary>Takes the next items as answered.</summary>
    /// <param name="count">How many.</param>
    public WorkChunk Answer(int count)
    {
        var answered = Chunk.Part(Answered, count);
        Answered += count;
        return answered;
    }

    /// <summary>Cuts items off the end, because they were handed back.</summary>
    /// <param name="count">How many.</param>
    public WorkChunk CutOff(int count)
    {
        var kept = Chunk.Items.Count - count;
        var cut = Chunk.From(kept);
        Chunk = Chunk.Part(0, kept);
        return cut;
    }
}
