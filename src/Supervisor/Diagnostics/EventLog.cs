using System.Runtime.CompilerServices;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// What happened to a pool, the last of it: a bounded list that many may read, from any number on, and wait at the
/// end of. A reader that is too slow misses what was dropped, and sees it by the numbers. Safe for several threads.
/// </summary>
/// <param name="time">Tells when.</param>
/// <param name="capacity">Events that are kept. Range: 1 and up.</param>
internal sealed class EventLog(TimeProvider time, int capacity = EventLog.DefaultCapacity)
{
    /// <summary>Events that are kept by default.</summary>
    public const int DefaultCapacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<PoolEvent> _kept = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;
    private bool _isClosed;

    /// <summary>Adds an event.</summary>
    /// <param name="kind">What kind.</param>
    /// <param name="message">In a sentence.</param>
    /// <param name="worker">The worker it is about. Default: none.</param>
    /// <param name="jobId">The job it is about. Default: none.</param>
    public void Add(EventKind kind, string message, string worker = "", string jobId = "")
    {
        TaskCompletionSource waited;
        lock (_lock)
        {
            _kept.Enqueue(new PoolEvent(++_last, time.GetUtcNow(), kind, message, worker, jobId));
            if (_kept.Count > capacity)
            {
                _kept.Dequeue();
            }

            waited = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waited.TrySetResult();
    }

    /// <summary>Whoever waits for what comes waits no longer, from now on: the Supervisor ends.</summary>
    public void Close()
    {
        TaskCompletionSource waited;
        lock (_lock)
        {
            _isClosed = true;
            waited = _next;
        }

        waited.TrySetResult();
    }

    /// <summary>The events from a number on: those that are kept, then those that come.</summary>
    /// <param name="from">The first number wanted; 0 for all that are kept.</param>
    /// <param name="follow">Whether to wait for those that come.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async IAsyncEnumerable<PoolEvent> ReadAsync(
        long from, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            List<PoolEvent> batch;
            Task next;
            bool isLast;
            lock (_lock)
            {
                batch = [.. _kept.Where(kept => kept.Sequence >= from)];
                next = _next.Task;
                isLast = !follow || _isClosed;
            }

            foreach (var poolEvent in batch)
            {
                yield return poolEvent;
                from = poolEvent.Sequence + 1;
            }

            if (isLast)
            {
                yield break;
            }

            await next.WaitAsync(cancellation);
        }
    }
}
