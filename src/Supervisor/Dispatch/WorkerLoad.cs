using WorkerPool.Protocol.Timing;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Workers;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>What a worker has been given and not yet answered, and whether it wants more. Pure; one thread.</summary>
/// <param name="worker">The worker.</param>
/// <param name="mostItems">Items after which it is replaced; 0: never.</param>
/// <param name="concurrency">Chunks that it runs at once: one each of its runners.</param>
internal sealed class WorkerLoad(IWorker worker, long mostItems = 0, int concurrency = 1)
{
    // Behind a chunk of up to this long for each runner another one may queue, to hide the round trip...
    private const double OneAheadNanoseconds = 50e6;

    // ...and many small ones as long as they are quick together, beside those whose results wait for it to send them...
    private const double ManyAheadNanoseconds = 4e6;

    // ...but where there is plenty one that wants some gets so much: a message for many chunks, not one for each.
    private const double PlentyNanoseconds = 100e6;
    private const int MaxInFlight = 1024;

    // Of large items, how few of them there are says what is plenty: what is on its way is to stay in the processor's cache.
    private const long PlentyBytes = 4 << 20;

    // Of these a worker may have as many as it may have chunks.
    private const double QuickNanoseconds = ManyAheadNanoseconds / MaxInFlight;

    private readonly Dictionary<ulong, InFlightChunk> _inFlight = [];
    private readonly HashSet<IWorkSource> _setUp = [];
    private double _nanoseconds;
    private long _bytes;
    private double _aheadNanoseconds;
    private long _occupiedSince;
    private int _alone;

    /// <summary>The worker.</summary>
    public IWorker Worker { get; } = worker;

    /// <summary>Where its time went, for those who measure.</summary>
    public WorkerClock Clock { get; } = new();

    /// <summary>How long the items it answered took to run, for those who measure.</summary>
    public TimeHistogram Times { get; } = new();

    /// <summary>Whether it is being killed for an item that did not yield: what else it runs by then is innocent.</summary>
    public bool IsKilledForItem { get; set; }

    /// <summary>Items it has answered.</summary>
    public long AnsweredItems { get; private set; }

    /// <summary>Items it has and has not answered.</summary>
    public long InFlightItems => _inFlight.Values.Sum(chunk => (long)chunk.UnansweredCount);

    /// <summary>Items of a source that it has and has not answered.</summary>
    /// <param name="source">The source.</param>
    public long InFlightItemsOf(IWorkSource source) =>
        _inFlight.Values.Where(chunk => chunk.Chunk.Source == source).Sum(chunk => (long)chunk.UnansweredCount);

    /// <summary>Whether it has been asked to end: it hands back what it has not started, and gets nothing more.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Whether it has nothing at all.</summary>
    public bool IsEmpty => _inFlight.Count == 0;

    /// <summary>Whether it has nothing to do and would take something.</summary>
    public bool IsIdle => IsEmpty && IsFree;

    /// <summary>Whether one of its runners has nothing to do and would take something.</summary>
    public bool IsFree => FreeRunners > 0;

    /// <summary>How many of its runners have nothing to do and would take something.</summary>
    public int FreeRunners => HasAlone || IsReleased || ItemsLeft == 0 ? 0 : Math.Max(0, Concurrency - _inFlight.Count);

    /// <summary>Chunks that it runs at once, at most.</summary>
    public int Concurrency { get; } = concurrency;

    /// <summary>Chunks it has and has not answered.</summary>
    public int InFlightChunks => _inFlight.Count;

    /// <summary>Quick chunks it has and has not answered: see <see cref="IsQuick"/>.</summary>
    public int QuickChunks { get; private set; }

    /// <summary>Items it may still be given before it is replaced.</summary>
    public int ItemsLeft => mostItems == 0 ? int.MaxValue : (int)Math.Clamp(mostItems - AnsweredItems - InFlightItems, 0, int.MaxValue);

    /// <summary>Whether it has run as many items as it may.</summary>
    public bool IsSpent => mostItems > 0 && AnsweredItems >= mostItems;

    /// <summary>Whether all its runners have something to do and it would take more.</summary>
    public bool IsHungry => HasLessThan(_inFlight.Count == Concurrency ? OneAheadNanoseconds : _aheadNanoseconds);

    /// <summary>Whether one that was hungry would take still more, in the same message, of what there is plenty of.</summary>
    public bool HasRoom => HasLessThan(PlentyNanoseconds);

    /// <summary>Whether it was told something that it has yet to hear.</summary>
    public bool IsTold { get; set; }

    /// <summary>Whether it stands in the queue of those with a free runner.</summary>
    public bool IsInFreeQueue { get; set; }

    /// <summary>Whether it stands in the queue of those that would take more.</summary>
    public bool IsInHungryQueue { get; set; }

    /// <summary>The time that what it has is expected to take, in nanoseconds.</summary>
    public double Nanoseconds => _nanoseconds;

    /// <summary>What it has, in no order.</summary>
    public IEnumerable<InFlightChunk> InFlight => _inFlight.Values;

    private bool HasAlone => _alone > 0;

    /// <summary>Whether a chunk of a source may queue behind what it has.</summary>
    /// <param name="source">The source.</param>
    public static bool MayQueue(IWorkSource source) => source.ItemNanoseconds < OneAheadNanoseconds;

    /// <summary>Whether a source's chunks are of a fixed size and take a worker less than 4 µs each.</summary>
    /// <param name="source">The source.</param>
    public static bool IsQuick(IWorkSource source) => source.WorkOrder.ChunkSize * source.ItemNanoseconds < QuickNanoseconds;

    /// <summary>Whether a job has more than enough for all, so that one of them may have much of it at once: as much as each may.</summary>
    /// <param name="source">The job.</param>
    /// <param name="runnerCount">Chunks that all workers can run at once.</param>
    public static bool IsPlenty(IWorkSource source, int runnerCount) =>
        source.WorkOrder.FixedChunks && source.WaitingItems * source.ItemNanoseconds >= runnerCount * PlentyNanoseconds;

    /// <summary>Whether it has items of a source.</summary>
    /// <param name="source">The source.</param>
    public bool Holds(IWorkSource source) => _inFlight.Values.Any(chunk => chunk.Chunk.Source == source);

    /// <summary>The jobs it has been told of, and not to forget.</summary>
    public IReadOnlyCollection<IWorkSource> SetUp => _setUp;

    /// <summary>Notes that it is told what a job is.</summary>
    /// <param name="source">The job.</param>
    /// <returns>Whether it has to be told: not when it knows.</returns>
    public bool TrySetUp(IWorkSource source) => _setUp.Add(source);

    /// <summary>Notes that it is told to forget a job.</summary>
    /// <param name="source">The job.</param>
    /// <returns>Whether it has to be told: not when it does not know of the job.</returns>
    public bool TryForget(IWorkSource source) => _setUp.Remove(source);

    /// <summary>Notes that it has been given a chunk.</summary>
    /// <param name="chunk">The chunk in flight.</param>
    /// <param name="now">Timestamp of the clock.</param>
    public void Add(InFlightChunk chunk, long now)
    {
        if (_inFlight.Count == 0)
        {
            _occupiedSince = now;
        }

        _inFlight.Add(chunk.Lease, chunk);
        _alone += chunk.Chunk.Alone ? 1 : 0;
        QuickChunks += chunk.IsQuick ? 1 : 0;
        _nanoseconds += chunk.ExpectedNanoseconds;
        _bytes += chunk.Bytes;
        _aheadNanoseconds = ManyAheadNanoseconds;
        if (chunk.Chunk.Source.WorkOrder.ResultsWait)
        {
            _aheadNanoseconds += Math.Min(chunk.ExpectedItemNanoseconds, OneAheadNanoseconds) + ResultWait.Of(chunk.ExpectedItemNanoseconds);
        }
    }

    /// <summary>The time it has been taken up by what it has, since it was last asked or had nothing.</summary>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The time, in nanoseconds.</returns>
    public double OccupiedUntil(long now, TimeProvider time)
    {
        var occupied = time.GetElapsedTime(_occupiedSince, now).TotalNanoseconds;
        _occupiedSince = now;
        return occupied;
    }

    /// <summary>The chunk that a lease is held for, if it is.</summary>
    /// <param name="lease">The lease.</param>
    public InFlightChunk? Find(ulong lease) => _inFlight.GetValueOrDefault(lease);

    /// <summary>Counts answers.</summary>
    /// <param name="count">How many.</param>
    public void CountAnswers(int count) => AnsweredItems += count;

    /// <summary>Notes that chunks have not been answered for so long that they are not quick, whatever was expected.</summary>
    /// <param name="lease">The lease of the last of them.</param>
    /// <returns>How many have been taken for quick so far.</returns>
    public int TakeLong(ulong lease)
    {
        var before = QuickChunks;
        foreach (var chunk in _inFlight.Values.Where(chunk => chunk.IsQuick && chunk.Lease <= lease))
        {
            chunk.IsQuick = false;
            QuickChunks--;
        }

        return before - QuickChunks;
    }

    /// <summary>Notes that items of a chunk have been answered or handed back, and ends its lease when none is left.</summary>
    /// <param name="chunk">The chunk, which knows of it already.</param>
    /// <param name="count">How many.</param>
    /// <returns>Whether none is left.</returns>
    public bool Relieve(InFlightChunk chunk, int count)
    {
        var isOver = chunk.UnansweredCount == 0 && _inFlight.Remove(chunk.Lease);
        if (isOver)
        {
            _alone -= chunk.Chunk.Alone ? 1 : 0;
            QuickChunks -= chunk.IsQuick ? 1 : 0;
            _bytes -= chunk.Bytes;
        }

        _nanoseconds = _inFlight.Count == 0 ? 0 : Math.Max(0, _nanoseconds - (chunk.ExpectedItemNanoseconds * count));
        return isOver;
    }

    private bool HasLessThan(double nanoseconds) =>
        _inFlight.Count >= Concurrency
        && _inFlight.Count < MaxInFlight
        && (_bytes < PlentyBytes || _inFlight.Count == Concurrency)
        && !HasAlone
        && !IsReleased
        && ItemsLeft > 0
        && _nanoseconds < Concurrency * nanoseconds;
}
