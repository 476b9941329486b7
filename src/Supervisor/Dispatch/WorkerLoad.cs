using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>What a worker has been given and not yet answered, and whether it wants more. Pure; one thread.</summary>
/// <param name="worker">The worker.</param>
internal sealed class WorkerLoad(IWorker worker)
{
    // Behind a chunk of up to this long another one may queue, to hide the round trip...
    private const double OneAheadNanoseconds = 50e6;

    // ...and many small ones as long as they are quick together.
    private const double ManyAheadNanoseconds = 4e6;
    private const int MaxInFlight = 1024;

    private readonly Dictionary<ulong, InFlightChunk> _inFlight = [];
    private double _nanoseconds;

    /// <summary>The worker.</summary>
    public IWorker Worker { get; } = worker;

    /// <summary>Whether it has nothing to do.</summary>
    public bool IsIdle => _inFlight.Count == 0;

    /// <summary>Whether it has something to do and would take more.</summary>
    public bool IsHungry =>
        _inFlight.Count is > 0 and < MaxInFlight
        && !HasAlone
        && _nanoseconds < (_inFlight.Count == 1 ? OneAheadNanoseconds : ManyAheadNanoseconds);

    /// <summary>Whether it stands in the queue of those that have nothing to do.</summary>
    public bool IsInIdleQueue { get; set; }

    /// <summary>Whether it stands in the queue of those that would take more.</summary>
    public bool IsInHungryQueue { get; set; }

    /// <summary>What it has, in no order.</summary>
    public IEnumerable<InFlightChunk> InFlight => _inFlight.Values;

    private bool HasAlone => _inFlight.Count == 1 && _inFlight.Values.First().Chunk.Alone;

    /// <summary>Whether a chunk of a source may queue behind what it has.</summary>
    /// <param name="source">The source.</param>
    public static bool MayQueue(IWorkSource source) => source.ItemNanoseconds < OneAheadNanoseconds;

    /// <summary>Notes that it has been given a chunk.</summary>
    /// <param name="chunk">The chunk in flight.</param>
    public void Add(InFlightChunk chunk)
    {
        _inFlight.Add(chunk.Lease, chunk);
        _nanoseconds += chunk.ExpectedNanoseconds;
    }

    /// <summary>The chunk that a lease is held for, if it is.</summary>
    /// <param name="lease">The lease.</param>
    public InFlightChunk? Find(ulong lease) => _inFlight.GetValueOrDefault(lease);

    /// <summary>Notes that items of a chunk have been answered.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="count">How many.</param>
    /// <returns>The time they had been expected to take, in nanoseconds.</returns>
    public double Answered(InFlightChunk chunk, int count)
    {
        var expected = chunk.ExpectedItemNanoseconds * count;
        chunk.Answered += count;
        _nanoseconds = Math.Max(0, _nanoseconds - expected);
        return expected;
    }

    /// <summary>Ends the lease of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    public void Close(InFlightChunk chunk)
    {
        _inFlight.Remove(chunk.Lease);
        _nanoseconds = _inFlight.Count == 0
            ? 0
            : Math.Max(0, _nanoseconds - (chunk.ExpectedItemNanoseconds * chunk.Unanswered.Items.Count));
    }
}

/// <summary>A chunk that a worker holds the lease of.</summary>
/// <param name="lease">The lease.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="expectedItemNanoseconds">The time an item is expected to take.</param>
internal sealed class InFlightChunk(ulong lease, WorkChunk chunk, double expectedItemNanoseconds)
{
    /// <summary>The lease.</summary>
    public ulong Lease { get; } = lease;

    /// <summary>The chunk.</summary>
    public WorkChunk Chunk { get; } = chunk;

    /// <summary>The time an item is expected to take, in nanoseconds.</summary>
    public double ExpectedItemNanoseconds { get; } = expectedItemNanoseconds;

    /// <summary>The time the whole chunk is expected to take, in nanoseconds.</summary>
    public double ExpectedNanoseconds => ExpectedItemNanoseconds * Chunk.Items.Count;

    /// <summary>Items answered so far.</summary>
    public int Answered { get; set; }

    /// <summary>The item whose worker is being killed because it did not yield after its timeout.</summary>
    public ulong? TimedOutIndex { get; set; }

    /// <summary>The items not answered.</summary>
    public WorkChunk Unanswered => Chunk.From(Answered);
}
