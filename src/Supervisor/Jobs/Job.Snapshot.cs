using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>How a job shows itself.</summary>
internal sealed partial class Job
{
    /// <summary>What it is to do.</summary>
    public JobSpec Spec => _spec;

    /// <summary>Items taken on.</summary>
    public long Accepted => _ledger.Accepted;

    /// <summary>Items that wait for a worker.</summary>
    public long WaitingItems => _over || _stopped ? 0 : _input.Count;

    /// <summary>Items in its window.</summary>
    public long HeldItems => _window.Items;

    /// <summary>Items that its window has room for.</summary>
    public long WindowItems => _limits.WindowItems;

    private long ReorderedResults => _reorder?.Count ?? 0;

    private long InFlightItems => _over || _stopped ? 0 : _ledger.Open - _input.Count - ReorderedResults;

    private TimeSpan Busy => TimeSpan.FromMicroseconds(_busyNanoseconds / 1000);

    /// <summary>The job as it is now.</summary>
    /// <param name="workersInUse">Workers that have items of it.</param>
    public JobSnapshot Snapshot(int workersInUse)
    {
        var (times, elapsed) = _clock.Read();
        return new JobSnapshot
        {
            Number = Number,
            Id = Id,
            Spec = _spec,
            State = State(),
            Ledger = _ledger,
            WorkersInUse = workersInUse,
            ChunkSizeNow = _chunkSizeNow,
            WaitingItems = WaitingItems,
            InFlightItems = InFlightItems,
            HeldResults = _over ? 0 : (_stopped ? 0 : ReorderedResults) + _gate.Count,
            Busy = Busy,
            ItemTime = ItemNanoseconds is { } nanoseconds ? TimeSpan.FromMicroseconds(nanoseconds / 1000) : null,
            Started = _started,
            Elapsed = elapsed,
            Times = times,
            WorkerRestarts = _workerRestarts,
            Failure = _failure,
        };
    }

    private void NoteStage() => _clock.Enter(Stage());

    private JobStage Stage()
    {
        if (_stopped)
        {
            return JobStage.AwaitingReader;
        }

        if (InFlightItems > 0)
        {
            return JobStage.Running;
        }

        // A reader that keeps up leaves a window that is nearly empty: what it has taken it tells before it waits.
        return CanTake ? JobStage.AwaitingWorkers
            : IsPaused || !_gate.IsEmpty || 2 * HeldItems >= WindowItems ? JobStage.AwaitingReader
            : JobStage.AwaitingItems;
    }

    private JobState State() => (_over, _stopped, _failure?.Reason) switch
    {
        (false, _, _) => JobState.Running,
        (_, _, ErrorReasons.JobCancelled) => JobState.Cancelled,
        (_, _, not null) => JobState.Failed,
        (_, true, _) => JobState.Stopped,
        _ => JobState.Completed,
    };
}
