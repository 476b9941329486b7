using WorkerPool.Processes;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// The item that is running, as far as others may want to end it: its cancellation and its time limit. Functions that
/// neither take a token nor ask for their context, in chunks without a limit, never come here.
/// </summary>
/// <param name="results">Takes the word that an item is overdue.</param>
/// <param name="time">The clock.</param>
/// <param name="wakeTickerBy">Has <see cref="CheckOverdue"/> called at a timestamp of the clock, or before.</param>
internal sealed class RunningState(ResultBuffer results, TimeProvider time, Action<long> wakeTickerBy) : IDisposable
{
    private readonly object _gate = new();
    private CancellationTokenSource _source = new();
    private QueuedChunk? _chunk;
    private ulong _index;
    private long _deadline = long.MaxValue;
    private bool _isOverdue;

    /// <summary>An item begins.</summary>
    /// <param name="chunk">Its chunk.</param>
    /// <param name="index">Its index in the job.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <returns>The token for the function.</returns>
    public CancellationToken Begin(QueuedChunk chunk, ulong index, long now) => Begin(chunk, index, now, chunk.Job.ItemTimeout);

    /// <summary>What a job needs before its first item begins. It ends as an item does.</summary>
    /// <param name="chunk">The first chunk.</param>
    /// <param name="index">What it is: one of the indexes of <see cref="RunningItem"/>.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="limit">The longest it may take; <c>null</c> for no limit.</param>
    /// <returns>The token for it.</returns>
    public CancellationToken BeginSetup(QueuedChunk chunk, ulong index, long now, TimeSpan? limit) => Begin(chunk, index, now, limit);

    /// <summary>The token of the item that has begun.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                return _source.Token;
            }
        }
    }

    private CancellationToken Begin(QueuedChunk chunk, ulong index, long now, TimeSpan? limit)
    {
        lock (_gate)
        {
            _chunk = chunk;
            _index = index;
            _isOverdue = false;
            if (limit is { } timeout)
            {
                // A limit of centuries is no limit; its sum must not overflow into the past.
                var ticks = timeout.TotalSeconds * time.TimestampFrequency;
                _deadline = ticks < long.MaxValue / 2 ? now + (long)ticks : long.MaxValue;
                wakeTickerBy(_deadline);
            }

            // The queue marks a chunk before the state is asked to cancel: whoever comes second sees the other.
            if (chunk.IsCancelled)
            {
                CancelLocked();
            }

            return _source.Token;
        }
    }

    /// <summary>The item has ended.</summary>
    /// <returns>Whether it had run over its time.</returns>
    public bool End()
    {
        lock (_gate)
        {
            _chunk = null;
            _deadline = long.MaxValue;
            if (!_source.TryReset())
            {
                // Not disposed: what the item left running may still look at the token.
                _source = new CancellationTokenSource();
            }

            return _isOverdue;
        }
    }

    /// <summary>Cancels the running item if it belongs to a job.</summary>
    /// <param name="job">The job.</param>
    public void Cancel(ulong job)
    {
        lock (_gate)
        {
            if (_chunk?.Job.Number == job)
            {
                CancelLocked();
            }
        }
    }

    /// <summary>Cancels the running item if it is over its time, and says so, once.</summary>
    /// <param name="now">Timestamp of the clock.</param>
    /// <returns>When to ask again; <see cref="long.MaxValue"/> for not until an item with a limit begins.</returns>
    public long CheckOverdue(long now)
    {
        lock (_gate)
        {
            if (_chunk is null || _isOverdue || now < _deadline)
            {
                return _isOverdue ? long.MaxValue : _deadline;
            }

            // Said under the lock, so that it cannot come after the item's result.
            _isOverdue = true;
            results.Send(new SessionResponse { Overdue = new ItemOverdue { Lease = _chunk.Lease, Index = _index } });
            CancelLocked();
            return long.MaxValue;
        }
    }

    /// <summary>Cancels the running item, whatever it belongs to: the session is over.</summary>
    public void CancelWhatRuns()
    {
        lock (_gate)
        {
            if (_chunk is not null)
            {
                CancelLocked();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>
    /// Under the lock, so that it cannot hit the next item; asynchronously, so that the user's callbacks do not run
    /// here. What they throw is theirs.
    /// </summary>
    private void CancelLocked() => _source.CancelAsync().ContinueWith(
        static task => _ = task.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
