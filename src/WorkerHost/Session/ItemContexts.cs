namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// The contexts of what a runner runs, made for those items alone that ask, and where it is known whether an item can be
/// cancelled: one whose function takes no token, without a limit, is not in the <see cref="RunningState"/> before it asks.
/// </summary>
/// <param name="workerName">Name of the worker.</param>
/// <param name="incarnation">Which worker in its slot it is.</param>
/// <param name="running">Where cancellation and time limit are kept.</param>
/// <param name="report">Takes how far the running item is.</param>
internal sealed class ItemContexts(string workerName, ulong incarnation, RunningState running, Action<double> report) : IWorkerContextSource
{
    private readonly Lock _gate = new();
    private readonly WorkerContext _idle = new() { WorkerName = workerName, Incarnation = incarnation };
    private QueuedChunk? _chunk;

    // Whether the item is in the running state, so that it has to leave it.
    private bool _isCancellable;
    private WorkerContext? _current;

    // Whether one of these two has to be undone before the next item.
    private volatile bool _isHeld;

    /// <inheritdoc/>
    public WorkerContext Current
    {
        get
        {
            lock (_gate)
            {
                // First that it is held, then which item runs; its runner starts an item first and then sees whether it is held.
                // So, whoever comes second, no item has the context of another.
                _isHeld = true;
                Interlocked.MemoryBarrier();
                return _current ??= _chunk is null ? _idle : Make(_chunk);
            }
        }
    }

    /// <summary>An item begins, which its chunk has started.</summary>
    /// <param name="chunk">Its chunk.</param>
    /// <param name="index">Its index in the job.</param>
    /// <param name="started">Timestamp of the clock.</param>
    /// <param name="isCancellable">Whether its function takes a token, or it has a limit.</param>
    /// <returns>The token for the function.</returns>
    /// <remarks>Without a lock for one that is not, where nobody has asked for the context of the one before.</remarks>
    public CancellationToken Begin(QueuedChunk chunk, ulong index, long started, bool isCancellable)
    {
        if (!isCancellable && !_isHeld && _chunk == chunk)
        {
            return CancellationToken.None;
        }

        lock (_gate)
        {
            Undo();
            _chunk = chunk;
            if (!isCancellable)
            {
                return CancellationToken.None;
            }

            _isHeld = _isCancellable = true;
            return running.Begin(chunk, index, started);
        }
    }

    /// <summary>The item has ended: its context says nothing more.</summary>
    /// <returns>Whether it had run over its time.</returns>
    /// <remarks>
    /// One whose context nobody asked for ends without a lock: when the next begins, or its chunk is over. Whoever asks for it
    /// in between, which only what it left running can do, has it end then.
    /// </remarks>
    public bool End() => _isHeld && EndLocked();

    /// <summary>The chunk has ended: nothing is current.</summary>
    public void EndChunk()
    {
        lock (_gate)
        {
            Undo();
            _chunk = null;
        }
    }

    /// <summary>What comes before items begins. It ends as an item does, but for the time that it had.</summary>
    /// <param name="token">Its token.</param>
    public void BeginSetup(CancellationToken token)
    {
        lock (_gate)
        {
            _chunk = null;
            _isCancellable = false;
            _isHeld = true;
            _current = new WorkerContext { WorkerName = workerName, Incarnation = incarnation, Cancellation = token };
        }
    }

    private bool EndLocked()
    {
        lock (_gate)
        {
            return Undo();
        }
    }

    private bool Undo()
    {
        var isRunning = _isCancellable;
        _current = null;
        _isCancellable = false;
        _isHeld = false;
        return isRunning && running.End();
    }

    private WorkerContext Make(QueuedChunk chunk)
    {
        var index = chunk.RunningIndex;
        if (!_isCancellable)
        {
            // It has no limit: when it began does not matter.
            running.Begin(chunk, index, 0);
            _isCancellable = true;
        }

        WorkerContext? made = null;
        return made = new WorkerContext
        {
            WorkerName = workerName,
            Incarnation = incarnation,
            Index = (long)index,
            Attempt = (int)chunk.Attempt,
            Cancellation = running.Token,
            Logger = new PrintedLogger(chunk.Job.Function!.Name),
            OnReport = fraction => Report(made, fraction),
        };
    }

    private void Report(WorkerContext? context, double fraction)
    {
        // Under the lock, so that it cannot hit the next item.
        lock (_gate)
        {
            if (context == _current)
            {
                report(fraction);
            }
        }
    }
}
