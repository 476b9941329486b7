using System.Diagnostics.CodeAnalysis;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// Results between the runner and the stream: several in one message, unless that would keep them waiting for longer than
/// they may, or in vain. Also the way of everything else that is to be sent. For several threads; one of them is the runner, one the writer.
/// </summary>
/// <remarks>
/// The runner adds; <see cref="FlushIfDue"/> runs on the ticker; <see cref="TryTake"/> and <see cref="Written"/>
/// belong to <see cref="ResultSender"/>, which is told once for each flush.
/// </remarks>
internal sealed class ResultBuffer
{
    private readonly object _gate = new();
    private readonly SessionLimits _limits;
    private readonly Action<long> _wakeTickerBy;
    private readonly long _quickItemTicks;
    private readonly double _nanosecondsPerTick;
    private readonly Stack<PackedRunBuilder> _builders = [];
    private readonly Stack<RunTimes> _times = [];
    private readonly List<RunnerResults> _runners = [];
    private readonly Action<bool> _flush;

    private List<ResultEntry> _entries = [];
    private List<SessionResponse> _signs = [];
    private long _gathered;
    private long _unwritten;
    private long _flushBy = long.MaxValue;
    private bool _isFlushing;
    private bool _isStopped;
    private bool _heartbeatWaits;
    private bool _isComplete;
    private Exception? _fault;

    /// <summary>An empty buffer.</summary>
    /// <param name="limits">How results travel.</param>
    /// <param name="time">The clock that tells how long items took.</param>
    /// <param name="wakeTickerBy">Has <see cref="FlushIfDue"/> called at a timestamp of the clock, or before.</param>
    /// <param name="flush">Has written what <see cref="TryTake"/> gives: on the calling thread, which holds no lock, where it is given true.</param>
    public ResultBuffer(SessionLimits limits, TimeProvider time, Action<long> wakeTickerBy, Action<bool> flush)
    {
        _limits = limits;
        _flush = flush;
        _wakeTickerBy = wakeTickerBy;
        _quickItemTicks = (long)(limits.QuickItem.TotalSeconds * time.TimestampFrequency);
        _nanosecondsPerTick = 1e9 / time.TimestampFrequency;
    }

    /// <summary>Whether nothing more will be added, and nothing is to be written: whoever began a flush may not have said so yet.</summary>
    /// <param name="fault">Why, if it is a fault.</param>
    public bool IsComplete(out Exception? fault)
    {
        lock (_gate)
        {
            fault = _fault;
            return _isComplete && !_isFlushing;
        }
    }

    /// <summary>A place for the results of another runner.</summary>
    public RunnerResults AddRunner()
    {
        lock (_gate)
        {
            var runner = new RunnerResults(this, _limits, _quickItemTicks, _nanosecondsPerTick);
            _runners.Add(runner);
            return runner;
        }
    }

    /// <summary>Adds the result of an item, where it does not just join those of its chunk. On the runner's thread.</summary>
    /// <param name="runner">The runner's results.</param>
    /// <param name="lease">Lease of its chunk.</param>
    /// <param name="value">The value; empty if there is an error.</param>
    /// <param name="error">The error, if there is one.</param>
    /// <param name="bytes">What it takes up.</param>
    /// <param name="busyTicks">How long the item took, in ticks of the clock.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="isLast">Whether <see cref="EndChunk"/> follows at once, which then decides when to write.</param>
    public void Add(
        RunnerResults runner, ulong lease, ReadOnlySpan<byte> value, ItemError? error, long bytes, long busyTicks, long now, bool isLast)
    {
        bool isFlush;
        lock (_gate)
        {
            var entry = EntryLocked(runner, lease, bytes);
            if (entry.Values.Count > 0)
            {
                entry.Times ??= _times.TryPop(out var times) ? times : new RunTimes();
            }

            entry.Add(value, bytes, busyTicks, _nanosecondsPerTick);
            if (error is not null)
            {
                (entry.Errors ??= []).Add(error);
            }

            if (entry.Bytes >= _limits.FlushBytes)
            {
                GatherLocked(entry);
            }
            else
            {
                runner.Open(entry);
            }

            isFlush = _gathered >= _limits.FlushBytes || (busyTicks >= _quickItemTicks && !runner.MayWait)
                ? BeginFlushLocked()
                : !isLast && BeginFlushIfLateLocked(runner, now);
        }

        if (isFlush)
        {
            _flush(true);
        }
    }

    /// <summary>Notes what came before the first item of a job; it goes with what is sent of the chunk next.</summary>
    /// <param name="runner">The runner's results; on its thread.</param>
    /// <param name="lease">Lease of the job's first chunk.</param>
    /// <param name="ticks">How long it took, in ticks of the clock.</param>
    public void NotePreparation(RunnerResults runner, ulong lease, long ticks)
    {
        lock (_gate)
        {
            var entry = EntryLocked(runner, lease, 0);
            entry.InitializingTicks += ticks;
            runner.Open(entry);
        }
    }

    /// <summary>A chunk has ended.</summary>
    /// <param name="runner">The results of its runner; on its thread.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="isIdle">Whether the runner has nothing more to do, so that waiting for company is in vain.</param>
    public void EndChunk(RunnerResults runner, long now, bool isIdle)
    {
        bool isFlush;
        lock (_gate)
        {
            if (!HasResultsLocked())
            {
                // They are on their way already: nobody has to be woken.
                return;
            }

            isFlush = isIdle ? BeginFlushLocked() : BeginFlushIfLateLocked(runner, now);
        }

        if (isFlush)
        {
            _flush(true);
        }
    }

    /// <summary>Hands back items at the end of a chunk.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="count">Number of items.</param>
    public void HandBack(ulong lease, int count)
    {
        lock (_gate)
        {
            GatherLocked(new ResultEntry(lease, NewBuilderLocked()) { Returned = count });
            FlushLocked();
        }
    }

    /// <summary>Sends something else, before the results that wait.</summary>
    /// <param name="sign">The message.</param>
    public void Send(SessionResponse sign)
    {
        lock (_gate)
        {
            _signs.Add(sign);
            FlushLocked();
        }
    }

    /// <summary>Sends a heartbeat, unless the last one has not been taken yet: one is as good as two.</summary>
    /// <param name="sequence">Its number.</param>
    /// <returns>Whether it will be sent.</returns>
    public bool TrySendHeartbeat(ulong sequence)
    {
        lock (_gate)
        {
            if (_heartbeatWaits)
            {
                return false;
            }

            _heartbeatWaits = true;
            Send(new SessionResponse { Heartbeat = new Heartbeat { Sequence = sequence } });
            return true;
        }
    }

    /// <summary>Pauses the runner while too much is unwritten.</summary>
    /// <returns>Whether it had to pause.</returns>
    public bool WaitForRoom()
    {
        if (Volatile.Read(ref _unwritten) <= _limits.UnwrittenBytes)
        {
            return false;
        }

        lock (_gate)
        {
            while (_unwritten > _limits.UnwrittenBytes && !_isStopped)
            {
                Monitor.Wait(_gate);
            }
        }

        return true;
    }

    /// <summary>Has results written if they have waited long enough. The caller holds no lock.</summary>
    /// <param name="now">Timestamp of the clock.</param>
    /// <returns>When to ask again; <see cref="long.MaxValue"/> for not until results wait again.</returns>
    public long FlushIfDue(long now)
    {
        lock (_gate)
        {
            if (now < _flushBy)
            {
                return _flushBy;
            }

            if (!BeginFlushLocked())
            {
                return long.MaxValue;
            }
        }

        _flush(true);
        return long.MaxValue;
    }

    /// <summary>Takes everything there is, if it is to be written.</summary>
    /// <param name="signs">Messages to write first.</param>
    /// <param name="entries">Results to write then.</param>
    public bool TryTake(
        [NotNullWhen(true)] out List<SessionResponse>? signs, [NotNullWhen(true)] out List<ResultEntry>? entries)
    {
        lock (_gate)
        {
            signs = null;
            entries = null;
            if (!_isFlushing)
            {
                return false;
            }

            foreach (var runner in _runners)
            {
                if (runner.Take() is { } entry)
                {
                    GatherLocked(entry);
                }
            }

            (signs, _signs) = (_signs, []);
            (entries, _entries) = (_entries, []);
            _gathered = 0;
            _flushBy = long.MaxValue;
            _isFlushing = false;
            _heartbeatWaits = false;
            return true;
        }
    }

    /// <summary>Results have been written: there is room again.</summary>
    /// <param name="entries">The results.</param>
    public void Written(IEnumerable<ResultEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _unwritten -= entry.Bytes;
                if (_builders.Count < 4)
                {
                    entry.Values.Clear();
                    _builders.Push(entry.Values);
                }

                if (entry.Times is { } times && _times.Count < 4)
                {
                    _times.Push(times);
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more will be added; what there is, is still to be written.</summary>
    /// <param name="fault">Why, if it is a fault. Default: none.</param>
    public void Complete(Exception? fault = null)
    {
        lock (_gate)
        {
            FlushLocked();
            _fault ??= fault;
            _isComplete = true;
        }
    }

    /// <summary>Nobody writes any more: the runner is not to wait for it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool HasResultsLocked()
    {
        foreach (var runner in _runners)
        {
            if (runner.HasOpen)
            {
                return true;
            }
        }

        return _entries.Count > 0;
    }

    // What is open, while it is of that chunk and has room; another, else. Not open then: its runner's again, or gathered.
    private ResultEntry EntryLocked(RunnerResults runner, ulong lease, long bytes)
    {
        if (runner.Take() is { } open)
        {
            if (open.Lease == lease && open.Bytes + bytes <= _limits.MessageBytes)
            {
                return open;
            }

            GatherLocked(open);
        }

        return new ResultEntry(lease, NewBuilderLocked());
    }

    private PackedRunBuilder NewBuilderLocked() => _builders.TryPop(out var builder) ? builder : new PackedRunBuilder();

    private void GatherLocked(ResultEntry entry)
    {
        _entries.Add(entry);
        _gathered += entry.Bytes;
        _unwritten += entry.Bytes;
    }

    private void FlushLocked()
    {
        if (BeginFlushLocked())
        {
            _flush(false);
        }
    }

    // Whether nobody has been told yet that there is something to write.
    private bool BeginFlushLocked()
    {
        _flushBy = long.MaxValue;
        var isFirst = !_isFlushing;
        _isFlushing = true;
        return isFirst;
    }

    // Whether the caller has to write: the next result, if it takes as long as this one, would come when these must have gone.
    private bool BeginFlushIfLateLocked(RunnerResults runner, long now)
    {
        var by = Math.Min(_flushBy, now + runner.LastWaitTicks);
        if (_isFlushing || now + runner.LastBusyTicks >= by)
        {
            return BeginFlushLocked();
        }

        if (by < _flushBy)
        {
            _flushBy = by;
            _wakeTickerBy(by);
        }

        return false;
    }
}
