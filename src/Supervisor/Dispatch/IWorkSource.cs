using System.Diagnostics;
using WorkerPool.Protocol.Packing;
using WorkerPool.Protocol.Timing;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// What dispatch knows of a job: something to take chunks from and to give answers to. Used on the owner loop alone.
/// Every item taken is answered or returned exactly once.
/// </summary>
internal interface IWorkSource
{
    /// <summary>The job's number.</summary>
    ulong Number { get; }

    /// <summary>How its items are to be run.</summary>
    WorkOrder WorkOrder { get; }

    /// <summary>Whether a chunk may be taken now.</summary>
    bool CanTake { get; }

    /// <summary>Items that wait to be taken.</summary>
    long WaitingItems { get; }

    /// <summary>The time an item takes as far as is known, in nanoseconds; <c>null</c> before the first answer.</summary>
    double? ItemNanoseconds { get; }

    /// <summary>Its span, the parent of its chunks'; <c>null</c> when nobody wants one.</summary>
    Activity? Span => null;

    /// <summary>Takes the next chunk. Only while <see cref="CanTake"/>.</summary>
    /// <param name="workerCount">Workers that are up.</param>
    /// <param name="maxItems">The most items, where the job leaves the size to the pool. Range: 1 and up.</param>
    WorkChunk Take(int workerCount, int maxItems = int.MaxValue);

    /// <summary>Takes answers to consecutive items.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="values">One entry an item; that of a failed one is empty.</param>
    /// <param name="errors">The errors among them, rising by index.</param>
    /// <param name="itemBytes">Bytes of the items answered.</param>
    void Answered(ulong firstIndex, PackedRun values, IReadOnlyList<ItemError> errors, long itemBytes);

    /// <summary>Takes back items that have no answer and are charged with nothing.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="items">The items.</param>
    void Returned(ulong firstIndex, ItemSegments items);

    /// <summary>Is told how long items took.</summary>
    /// <param name="itemCount">Items that were run.</param>
    /// <param name="itemBytes">Bytes of the items, or of their values, whichever are more.</param>
    /// <param name="busyNanoseconds">The time they took together.</param>
    void Measured(int itemCount, long itemBytes, double busyNanoseconds);

    /// <summary>Is told where the time of a worker went, once for a message of results, before their answers come.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="firstIndex">Index of the first result.</param>
    /// <param name="count">Results. Range: 0 and up.</param>
    /// <param name="results">The message.</param>
    /// <param name="sendingNanoseconds">Time that the worker had items and did not run them, for this message.</param>
    /// <param name="now">Timestamp of the clock.</param>
    void Timed(WorkerIdentity worker, ulong firstIndex, int count, ChunkResults results, double sendingNanoseconds, long now)
    {
    }

    /// <summary>Is told that an item is tried again, or that such a try came back not begun.</summary>
    /// <param name="count">1, or -1.</param>
    void TriedAgain(int count)
    {
    }

    /// <summary>What an item without an answer has been charged with.</summary>
    /// <param name="index">Its index.</param>
    SpentTries SpentOn(ulong index) => default;

    /// <summary>Is told that an item was charged with a try.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="spent">What it has been charged with now.</param>
    void Charged(ulong index, SpentTries spent)
    {
    }

    /// <summary>Is told that a worker died which had items of it.</summary>
    void WorkerLost();

    /// <summary>Ends it with an error.</summary>
    /// <param name="reason">UPPER_SNAKE word for programs.</param>
    /// <param name="message">For a person.</param>
    void Fail(string reason, string message);
}

/// <summary>How the items of a job are to be run.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Encoding">Encoding of the items.</param>
/// <param name="ValueEncoding">Encoding the values are wanted in.</param>
/// <param name="ItemTimeout">The longest an item may run; <c>null</c> for no limit.</param>
/// <param name="MaxRetries">How often an item whose function threw is tried again.</param>
/// <param name="ChunkSize">Items a chunk, which stays with its worker once it has begun; <c>null</c>: the pool chooses.</param>
/// <param name="ResultsWait">Whether results may wait in a worker for others to go with (<see cref="ResultWait"/>).</param>
/// <param name="MaxWorkers">The most workers that have items of it at once; <c>null</c> for no limit.</param>
/// <param name="Weight">Its share of worker time in proportion to other jobs' of its caller. Range: above zero.</param>
/// <param name="Initializer">What each worker runs before its first item, its timeout set; <c>null</c>: nothing.</param>
/// <param name="Shared">Arguments that all items have in common; <c>null</c>: none.</param>
/// <param name="Method">The method to run in place of the function of that name; <c>null</c> for none.</param>
/// <param name="ObjectClass">The class that each worker makes an object of for the function; empty for none.</param>
/// <param name="Caller">Whose share of worker time it is a part of; <c>null</c>: it has a share of its own.</param>
internal sealed record WorkOrder(
    string Function,
    Encoding Encoding,
    Encoding ValueEncoding,
    TimeSpan? ItemTimeout,
    int MaxRetries,
    int? ChunkSize = null,
    bool ResultsWait = false,
    int? MaxWorkers = null,
    double Weight = 1,
    Initializer? Initializer = null,
    SharedArguments? Shared = null,
    CallerMethod? Method = null,
    string ObjectClass = "",
    CallerShare? Caller = null)
{
    /// <summary>Whether a chunk that has begun stays with its worker.</summary>
    public bool FixedChunks => ChunkSize is not null;
}
