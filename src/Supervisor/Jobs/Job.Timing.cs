using WorkerPool.Supervisor.Jobs.Timing;
using WorkerPool.Supervisor.Launching;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>Where its time goes, and when something last happened to it. Told once a message, never for an item.</summary>
internal sealed partial class Job
{
    private readonly FailedItems _failedItems = new();
    private JobTimings? _timings;
    private long _attempts;
    private long _reruns;
    private long _crashes;
    private long _throws;
    private long _acceptedAt;
    private long _answeredAt;
    private long _readAt;
    private long _unreadSince;

    /// <inheritdoc/>
    public void Timed(WorkerIdentity worker, ulong firstIndex, int count, ChunkResults results, double sendingNanoseconds, long now)
    {
        _answeredAt = now;

        // Single calls are counted, not listed: nobody would see it.
        if (!_spec.IsApply)
        {
            (_timings ??= new JobTimings()).Add(worker, firstIndex, count, results, sendingNanoseconds);
        }
    }

    /// <inheritdoc/>
    public void TriedAgain(int count)
    {
        _attempts += count;
        _reruns += count;
    }

    private void NoteFailures(IReadOnlyList<ItemError> errors)
    {
        if (errors.Count > 0 && !_spec.IsApply)
        {
            _failedItems.Add(errors);
        }
    }

    // Of a client that had read everything nobody can say since when it has not read.
    private void NoteUnread(int count)
    {
        if (_gate.SentCount - (ulong)count <= (ulong)_window.AcknowledgedItems)
        {
            _unreadSince = _answeredAt;
        }
    }
}
