using System.Diagnostics.CodeAnalysis;

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
/// A stream may break and another follow: between <see cref="Suspend"/> and <see cref="Resume"/> items go on being laid ready
/// as far as the window allows; then those without an answer are sent again, under their old indexes, before all others.
/// </remarks>
internal sealed class Outbox
{
    private const int MaxGrant = 1024;

    private readonly Lock _lock = new();
    private readonly AsyncSignal _work = new();
    private readonly AsyncSignal _room = new();
    private readonly OpenBatch _open = new();
    private readonly SpentItems _spent = new();
    private Queue<SentBatch> _ready = new();
    private SentBatches _sent = new();
    private StreamAccount? _account;
    private JobWindow? _window;
    private ulong _taken;
    private ulong _answered;
    private bool _inputEnded;
    private bool _endDue;
    private bool _workSignalled;
    private bool _waitsForItems;
    private bool _waitsForBytes;
    private volatile bool _closed;
    private volatile bool _isOpen;

    /// <summary>Whether nothing more will be sent.</summary>
    public bool IsClosed => _closed;

    /// <summary>Whether there is a stream to send on.</summary>
    public bool IsOpen => _isOpen && !_closed;

    /// <summary>Items sent on the stream that is open, or was last.</summary>
    public ulong SentCount => Locked(() => _sent.SentCount);

    /// <summary>Of these, the ones without an answer.</summary>
    public ulong UnansweredCount => Locked(() => (ulong)_sent.Unanswered);

    /// <summary>Items laid ready to be sent since the start of the job. Final once the input has ended.</summary>
    public ulong PulledCount => Locked(() => Pulled);

    /// <summary>Items answered by the pool since the start of the job.</summary>
    public ulong AnsweredCount => Locked(() => _answered);

    /// <summary>Whether the input has ended and every item is answered.</summary>
    public bool IsDone => Locked(() => _inputEnded && _answered == Pulled);

    /// <summary>The pool has granted a window: sending may begin.</summary>
    public void Open(JobWindow window)
    {
        lock (_lock)
        {
            _window = window;
            _account = window.NewAccount();
            _isOpen = true;
            _room.Set();
        }
    }

    /// <summary>The stream broke. Whoever writes it is woken.</summary>
    public void Suspend()
    {
        lock (_lock)
        {
            _isOpen = false;
            _work.Set();
        }
    }

    /// <summary>Another stream is open, and nobody writes the one before: sends again what has no answer, and goes on.</summary>
    /// <param name="maxItems">The window in items that it grants.</param>
    /// <param name="maxBytes">The window in bytes that it grants.</param>
    /// <param name="lookahead">How much is worth laying ready before answers come.</param>
    public void Resume(long maxItems, long maxBytes, Lookahead lookahead)
    {
        lock (_lock)
        {
            var again = _sent.UnansweredParts().ToList();
            _window!.ReleaseBytes(_sent.UnreleasedBytes - again.Sum(batch => (long)batch.Bytes));
            _window.Resize(maxItems, maxBytes);
            _window.Lookahead = lookahead;
            _account = _account!.Next(maxItems, maxBytes);
            _ready = new Queue<SentBatch>(again.Concat(_ready));
            _sent = new SentBatches();
            _endDue = _inputEnded;
            _isOpen = true;
            _room.Set();
        }
    }

    /// <summary>Closes it, and tells what is left.</summary>
    /// <param name="maxRanges">The most ranges to tell.</param>
    /// <returns>Items answered, items without an answer, and their indexes, rising.</returns>
    public (long Answered, long Unanswered, IReadOnlyList<IndexRange> Indexes) Abandon(int maxRanges)
    {
        lock (_lock)
        {
            // The source goes on until it finds this closed: what it pulls from now on counts for nothing.
            Close();
            TakeOpen();
            var batches = _sent.UnansweredParts().Concat(_ready).Select(batch => (batch.First, batch.End));
            return ((long)_answered, (long)(_taken - _answered), IndexRange.Join(batches, maxRanges));
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

                _waitsForItems = true;
            }

            await _room.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lays an item ready, if its bytes fit into the window. Its place was reserved.</summary>
    /// <remarks>Without the lock for one that joins others which are ready and not taken yet: whoever takes them knows of them.</remarks>
    public bool TryAdd(ulong index, ReadOnlySpan<byte> item)
    {
        if (!_closed && _open.TryJoin(index, item))
        {
            return true;
        }

        lock (_lock)
        {
            if (_closed)
            {
                return true;
            }

            _window!.ReleaseBytes(_open.TakeSpare());
            if (!_window.Fits(item.Length, (long)(Pulled - _answered)))
            {
                _waitsForBytes = true;
                return false;
            }

            if (_open.IsToBeTakenBefore(index, item.Length))
            {
                TakeOpen();
            }

            _window.AddBytes(item.Length);

            // Not all that there is: what nobody uses is not for others either.
            var spare = (int)Math.Clamp(_window.FreeBytes / 8, 0, Math.Max(0, _open.RoomBytes - item.Length));
            _window.AddBytes(spare);
            _open.Add(index, item, spare);
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
            _inputEnded = true;
            _endDue = true;
            SignalWork();
        }
    }

    /// <summary>Notes answers.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="valueBytes">Bytes of their values.</param>
    /// <returns>What is wrong with them, or <c>null</c>.</returns>
    public string? Answer(ulong first, int count, long valueBytes)
    {
        lock (_lock)
        {
            if (_sent.Answer(first, count, out var releasedBytes) is { } problem)
            {
                return problem;
            }

            _answered += (ulong)count;
            _spent.Forget(first, count);
            _account!.Received(count, valueBytes, releasedBytes);
            _window!.ReleaseBytes(releasedBytes);
            SignalRoom(ref _waitsForBytes);
            if (releasedBytes > 0 && _ready.Count > 0)
            {
                SignalWork();
            }

            return null;
        }
    }

    /// <summary>The pool has told how much is worth laying ready before answers come.</summary>
    /// <param name="lookahead">How much.</param>
    public void LookAhead(Lookahead lookahead)
    {
        lock (_lock)
        {
            _window!.Lookahead = lookahead;
            SignalRoom(ref _waitsForBytes);
        }
    }

    /// <summary>The pool has charged an item with a try.</summary>
    public void Charge(V1.SpentAttempts spent)
    {
        lock (_lock)
        {
            _spent.Set(spent);
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
            SignalRoom(ref _waitsForItems);
            if (results > 0)
            {
                _account!.Taken(results, valueBytes);
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
            message = IsOpen ? Next() : null;
            _workSignalled = message is not null;
            return message is not null;
        }
    }

    private V1.MapStreamRequest? Next()
    {
        if (_account!.IsAcknowledgementDue)
        {
            return new V1.MapStreamRequest { Acknowledgement = _account.Acknowledge() };
        }

        if (_ready.Count == 0)
        {
            TakeOpen();
        }

        if (_ready.Count > 0)
        {
            return NextBatch() is { } batch ? new V1.MapStreamRequest { Items = batch } : null;
        }

        if (_endDue)
        {
            _endDue = false;
            return new V1.MapStreamRequest { End = new V1.InputEnd() };
        }

        return null;
    }

    // Noted as sent before it is written: its answers may come while the write is still under way.
    private V1.ItemBatch? NextBatch()
    {
        var batch = _ready.Peek();
        var count = _account!.CountThatFits(batch.Run);
        if (count == 0)
        {
            return null;
        }

        _ready.Dequeue();
        if (count < batch.Run.Count)
        {
            // What fitted the window of the stream before does not fit this one's.
            (batch, var tail) = batch.Split(count);
            _ready = new Queue<SentBatch>(_ready.Prepend(tail));
        }

        _sent.Add(batch);
        _account.Sent(batch);
        var message = new V1.ItemBatch { FirstIndex = batch.First, Items = batch.Run.ToMessage() };
        message.Spent.AddRange(_spent.In(batch.First, batch.End));
        return message;
    }

    // What can still be joined counts too.
    private ulong Pulled => _taken + (ulong)_open.Count;

    private void TakeOpen()
    {
        if (_open.Count > 0)
        {
            var batch = _open.Take(out var spare);
            _window!.ReleaseBytes(spare);
            _taken += (ulong)batch.Run.Count;
            _ready.Enqueue(batch);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private void SignalWork()
    {
        if (!_workSignalled)
        {
            _workSignalled = true;
            _work.Set();
        }
    }

    // The source, if it waits for that: for nothing else, since it would be woken in vain.
    private void SignalRoom(ref bool isAwaited)
    {
        if (isAwaited)
        {
            isAwaited = false;
            _room.Set();
        }
    }
}
