namespace WorkerPool.Supervisor.Jobs;

/// <summary>When a job gives out no more: its client has not taken what there is.</summary>
internal sealed partial class Job
{
    /// <inheritdoc/>
    public bool CanTake =>
        !_over
        && _input.FirstIndex is { } first
        && first < _stopIndex
        && (!IsFull || (_gate.IsEmpty && first == _reorder?.NextIndex))
        && (WorkOrder.ChunkSize is not { } size || HasWholeChunk(size));

    private long WaitingBytes => _gate.ByteCount + (_reorder?.ByteCount ?? 0);

    // More values wait than the window has bytes.
    private bool IsPaused => WaitingBytes >= _limits.WindowBytes;

    // Then, or when there would be once those at workers have come, no more are made, except those that all others wait
    // for while the client waits too.
    private bool IsFull => WaitingBytes + (ItemsAtWorkers * _sizer.ItemBytes) >= _limits.WindowBytes;

    private long ItemsAtWorkers => _ledger.Open - _input.Count - ReorderedResults;
}
