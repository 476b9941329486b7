using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Diagnostics;
using WorkerPool.Supervisor.Jobs.Timing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>How a job shows itself.</summary>
internal sealed partial class Job
{
    /// <summary>What it is to do.</summary>
    public JobSpec Spec => _spec;

    /// <summary>Where the time of the pool's workers had gone when it was opened.</summary>
    public WorkerTimeSums WorkerTimesAtStart { get; init; }

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
    /// <param name="isDetailed">Whether the snapshot is to have what takes up room. Default: no.</param>
    public JobSnapshot Snapshot(int workersInUse, bool isDetailed = false)
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
            ItemTimes = _timings?.Read(isDetailed),
            Initializing = _timings?.Initializing ?? TimeSpan.Zero,
            Sending = _timings?.Sending ?? TimeSpan.Zero,
            Attempts = new AttemptCounts(_attempts, _reruns, _crashes, _throws),
            Details = isDetailed ? new JobDetails(_timings?.ReadByWorker() ?? [], _timings?.Slowest ?? [], _failedItems.Kept) : null,
        };
    }

    /// <summary>What the job is waiting for, as far as it knows. Only while it is open.</summary>
    /// <param name="heldByWorkers">Items of it that workers have.</param>
    public JobStanding Standing(long heldByWorkers)
    {
        var now = _time.GetTimestamp();
        var taken = _window.AcknowledgedItems;
        return new JobStanding
        {
            Stage = _clock.Stage,
            StageFor = _clock.StageFor,
            AcceptedAgo = _time.GetElapsedTime(_acceptedAt, now),
            AnsweredAgo = _time.GetElapsedTime(_answeredAt, now),
            UnreadFor = _time.GetElapsedTime(Math.Max(_readAt, _unreadSince), now),
            TakenResults = taken,
            UnreadResults = (long)_gate.SentCount - taken + _gate.Count,
            UnreadBytes = _gate.UnreadBytes,
            HeldItems = HeldItems,
            WindowItems = WindowItems,
            WindowBytes = _limits.WindowBytes,
            IsPaused = IsPaused || !_gate.IsEmpty,
            IsInputEnded = _inputEnded,
            CountsFromZero = _nextIndex == (ulong)_ledger.Accepted,
            CanTake = CanTake,
            MissesRestOfChunk = _input.Count > 0 && WorkOrder.ChunkSize is { } size && !HasWholeChunk(size),
            MissingSharedBytes = WorkOrder.Shared?.MissingBytes ?? 0,
            IsOrdered = _reorder is not null,
            NextIndex = _reorder?.NextIndex,
            OrderedResults = ReorderedResults,
            AwaitingRerun = Math.Max(0, InFlightItems - heldByWorkers),
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
