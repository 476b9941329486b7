using System.Diagnostics.CodeAnalysis;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// What a job has to send, between the one that pulls the source, the one that writes the stream, the one that reads
/// the answers and the consumer. It holds the window, so that nothing is laid ready that may not be sent.
/// </summary>
/// <remarks>
/// <code>
/// source → ReserveItems → TryAdd ─┐                       ┌─ Answer ← reader
///                                 ├→ TryTake → the stream │
/// consumer → Acknowledge ─────────┘   (one writer)        └─ frees bytes; Acknowledge frees items
/// </code>
/// An acknowledgement is always sent before the items it made room for: the pool checks the window by what it was told.
/// </remarks>
internal sealed class Outbox
{
    private const int MaxBatchBytes = 64 * 1024;
    private const int MaxBatchItems = 4096;
    private const int MaxGrant = 1024;

    private readonly Lock _lock = new();
    private readonly AsyncSignal _work = new();
    private readonly AsyncSignal _room = new();
    private readonly SentBatches _sent = new();
    private readonly Queue<SentBatch> _ready = new();
    private readonly PackedRunBuilder _builder = new();
    private JobWindow? _window;
    private ulong _builderFirst;
    private ulong _ackedResults;
    private ulong _ackedBytes;
    private bool _ackDue;
    private bool _endDue;
    private bool _workSignalled;
    private bool _sourceWaits;
    private volatile bool _closed;

    /// <summary>Whether nothing more will be sent.</summary>
    public bool IsClosed => _closed;

    /// <summary>Items sent or laid ready to be sent. Final once the input has ended.</summary>
    public ulong SentCount
    {
        get
        {
            lock (_lock)
            {
                return _sent.SentCount + (ulong)_builder.Count;
            }
        }
    }

    /// <summary>The pool has granted a window: sending may begin.</summary>
    public void Open(JobWindow window)
    {
        lock (_lock)
        {
            _window = window;
            _room.Set();
        }
    }

    /// <summary>Waits until the source may be asked for more.</summary>
    /// <returns>For how many items. 0 when nothing more will be sent.</returns>
    public async ValueTask<int> ReserveItemsAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return 0;
                }

                if (_window is { FreeItems: > 0 } window)
                {
                    var granted = (int)Math.Min(window.FreeItems, MaxGrant);
                    window.AddItems(granted);
                    return granted;
                }

                _sourceWaits = true;
            }

            await _room.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lays an item ready, if its bytes fit into the window. Its place was reserved.</summary>
    public bool TryAdd(ulong index, ReadOnlySpan<byte> item)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return true;
            }

            if (!_window!.Fits(item.Length))
            {
                _sourceWaits = true;
                return false;
            }

            _window.AddBytes(item.Length);
            var isFull = _builder.Count >= MaxBatchItems || _builder.ByteCount + item.Length > MaxBatchBytes;
            if (_builder.Count > 0 && (isFull || index != _builderFirst + (ulong)_builder.Count))
            {
                _ready.Enqueue(TakeBuilt());
            }

            if (_builder.Count == 0)
            {
                _builderFirst = index;
            }

            _builder.Add(item);
            SignalWork();
            return true;
        }
    }

    /// <summary>Lays an item ready as soon as its bytes fit into the window.</summary>
    public async ValueTask AddAsync(ulong index, ReadOnlyMemory<byte> item)
    {
        while (!TryAdd(index, item.Span))
        {
            await _room.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>No more items follow.</summary>
    public void EndInput()
    {
        lock (_lock)
        {
            _endDue = true;
            SignalWork();
        }
    }

    /// <summary>Notes answers.</summary>
    /// <returns>What is wrong with them, or <c>null</c>.</returns>
    public string? Answer(ulong first, int count)
    {
        lock (_lock)
        {
            var problem = _sent.Answer(first, count, out var releasedBytes);
            _window!.ReleaseBytes(releasedBytes);
            if (releasedBytes > 0)
            {
                SignalRoom();
            }

            return problem;
        }
    }

    /// <summary>The consumer has taken results.</summary>
    /// <param name="results">How many that came from the pool.</param>
    /// <param name="valueBytes">Bytes of their values.</param>
    /// <param name="localFailures">How many that failed on this side; the pool knows nothing of them.</param>
    public void Acknowledge(long results, long valueBytes, long localFailures)
    {
        lock (_lock)
        {
            _window!.ReleaseItems(results + localFailures);
            SignalRoom();
            if (results > 0)
            {
                _ackedResults += (ulong)results;
                _ackedBytes += (ulong)valueBytes;
                _ackDue = true;
                SignalWork();
            }
        }
    }

    /// <summary>Nothing more will be sent; whoever waits is woken.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _room.Set();
            _work.Set();
        }
    }

    /// <summary>Waits until there may be something to send.</summary>
    public ValueTask<bool> WaitForWorkAsync() => _work.WaitAsync();

    /// <summary>The next message to send, if there is any.</summary>
    public bool TryTake([NotNullWhen(true)] out V1.MapStreamRequest? message)
    {
        lock (_lock)
        {
            message = _closed ? null : Next();
            _workSignalled = message is not null;
            return message is not null;
        }
    }

    private V1.MapStreamRequest? Next()
    {
        if (_ackDue)
        {
            _ackDue = false;
            var acknowledgement = new V1.Acknowledgement { Results = _ackedResults, ValueBytes = _ackedBytes };
            return new V1.MapStreamRequest { Acknowledgement = acknowledgement };
        }

        if (_ready.Count > 0 || _builder.Count > 0)
        {
            var batch = _ready.Count > 0 ? _ready.Dequeue() : TakeBuilt();
            return new V1.MapStreamRequest
            {
                Items = new V1.ItemBatch { FirstIndex = batch.First, Items = batch.Run.ToMessage() },
            };
        }

        if (_endDue)
        {
            _endDue = false;
            return new V1.MapStreamRequest { End = new V1.InputEnd() };
        }

        return null;
    }

    // Noted as sent before it is written: its answers may come while the write is still under way.
    private SentBatch TakeBuilt()
    {
        var batch = new SentBatch(_builderFirst, _builder.Take());
        _sent.Add(batch);
        return batch;
    }

    private void SignalWork()
    {
        if (!_workSignalled)
        {
            _workSignalled = true;
            _work.Set();
        }
    }

    private void SignalRoom()
    {
        if (_sourceWaits)
        {
            _sourceWaits = false;
            _room.Set();
        }
    }
}
