namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// The chunks that are to run, in order. Decides, for every item, whether it is started or handed back: never both,
/// never neither. For several threads, the runners among them.
/// </summary>
/// <remarks>
/// Not bounded: the Supervisor sends no more than the running chunks and enough to hide the round trip.
/// </remarks>
/// <param name="handBack">Takes the lease of a chunk and how many items at its end are handed back. Called under the lock.</param>
internal sealed class ChunkQueue(Action<ulong, int> handBack)
{
    private readonly object _gate = new();
    private readonly Queue<QueuedChunk> _waiting = [];
    private readonly List<QueuedChunk> _running = [];
    private bool _isClosed;
    private volatile bool _isStopped;

    /// <summary>Whether another chunk waits to run.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Takes chunks in; hands them back if the worker is ending.</summary>
    /// <param name="chunks">The chunks of a message.</param>
    public void Add(ReadOnlySpan<QueuedChunk> chunks)
    {
        lock (_gate)
        {
            foreach (var chunk in chunks)
            {
                if (_isClosed)
                {
                    handBack(chunk.Lease, chunk.Count);
                }
                else
                {
                    _waiting.Enqueue(chunk);
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Hands back what a job has not started, and marks its running chunks as cancelled.</summary>
    /// <param name="job">The job.</param>
    public void Cancel(ulong job)
    {
        lock (_gate)
        {
            foreach (var running in _running.Where(chunk => chunk.Job.Number == job))
            {
                running.IsCancelled = true;
                HandBack(running, running.End);
            }

            foreach (var chunk in _waiting.Where(chunk => chunk.Job.Number == job))
            {
                HandBack(chunk, chunk.End);
            }

            DropHandedBackLocked();
        }
    }

    /// <summary>Hands back items at the end of a chunk, as far as they have not been started.</summary>
    /// <param name="lease">Lease of the chunk.</param>
    /// <param name="count">How many items are wanted back.</param>
    /// <param name="unbegunOnly">Whether nothing is handed back of a chunk that has begun.</param>
    public void Reclaim(ulong lease, int count, bool unbegunOnly)
    {
        lock (_gate)
        {
            if (_running.Find(chunk => chunk.Lease == lease) is { } running)
            {
                HandBack(running, unbegunOnly ? 0 : count);
            }
            else if (_waiting.FirstOrDefault(chunk => chunk.Lease == lease) is { } waiting)
            {
                HandBack(waiting, count);
                DropHandedBackLocked();
            }
        }
    }

    /// <summary>Hands back everything that has not started, now and from now on; the runners end after their items.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var chunk in _running.Concat(_waiting))
            {
                HandBack(chunk, chunk.End);
            }

            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the runners after their items; nothing is handed back, for nobody listens any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isClosed = true;
            _isStopped = true;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next chunk to run.</summary>
    /// <returns>The chunk, or <c>null</c> when there will be none.</returns>
    public QueuedChunk? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            if (_waiting.Count == 0)
            {
                return null;
            }

            var chunk = _waiting.Dequeue();
            _running.Add(chunk);
            return chunk;
        }
    }

    /// <summary>
    /// What comes before the first item of a running chunk begins: from now that item is not handed back, so that whoever
    /// takes everything back sees that the runner is not free.
    /// </summary>
    /// <param name="chunk">The chunk that <see cref="Take"/> gave.</param>
    /// <returns>Whether there is an item left to prepare for.</returns>
    public bool TryBeginPreparation(QueuedChunk chunk)
    {
        lock (_gate)
        {
            chunk.IsInPreparation = !_isStopped && chunk.End > 0;
            return chunk.IsInPreparation;
        }
    }

    /// <summary>That has ended: if the item was wanted back meanwhile, it is handed back now.</summary>
    /// <param name="chunk">The chunk.</param>
    public void EndPreparation(QueuedChunk chunk)
    {
        lock (_gate)
        {
            chunk.IsInPreparation = false;
            if (!_isStopped && (_isClosed || chunk.IsCancelled))
            {
                HandBack(chunk, chunk.End);
            }
        }
    }

    /// <summary>Starts the next item of a running chunk, unless the rest of it has been taken back.</summary>
    /// <param name="chunk">The chunk that <see cref="Take"/> gave.</param>
    /// <remarks>Without the lock: it is asked for every item.</remarks>
    public bool TryStartItem(QueuedChunk chunk) => !_isStopped && chunk.TryStart();

    /// <summary>A running chunk is done.</summary>
    /// <param name="chunk">The chunk that <see cref="Take"/> gave.</param>
    public void Finish(QueuedChunk chunk)
    {
        lock (_gate)
        {
            _running.Remove(chunk);
        }
    }

    // All of it: it is not run, and nobody waits for it.
    private void DropHandedBackLocked()
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            var chunk = _waiting.Dequeue();
            if (chunk.End > 0)
            {
                _waiting.Enqueue(chunk);
            }
        }
    }

    private void HandBack(QueuedChunk chunk, int count)
    {
        var returned = chunk.CutOff(count, kept: chunk.IsInPreparation ? 1 : 0);
        if (returned > 0)
        {
            handBack(chunk.Lease, returned);
        }
    }
}
