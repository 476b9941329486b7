using WorkerPool.Protocol.Timing;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// The results of one runner that have not been gathered by its <see cref="ResultBuffer"/>: those of consecutive items of one
/// chunk. A quick item's result joins them without the buffer's lock, which the writer and the ticker take too.
/// </summary>
/// <remarks>
/// What is open is on its way: whoever opens an entry sees to it that it is gathered, at the latest when it has waited for long
/// enough (<see cref="ResultWait"/>) or at the end of its chunk. Only the runner adds; the buffer takes
/// away, on any thread.
/// </remarks>
/// <param name="buffer">Gathers them.</param>
/// <param name="limits">How results travel.</param>
/// <param name="quickItemTicks">An item that takes less just joins, in ticks of the clock.</param>
/// <param name="nanosecondsPerTick">Of the clock.</param>
internal sealed class RunnerResults(ResultBuffer buffer, SessionLimits limits, long quickItemTicks, double nanosecondsPerTick)
{
    /// <summary>What a value costs beside its bytes: its size on the wire, and the room kept for it.</summary>
    private const int BytesPerItem = 4;

    // Held for the few steps of adding an item or taking the entry away.
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private ResultEntry? _open;

    /// <summary>Whether there are results that nobody has gathered.</summary>
    public bool HasOpen => Volatile.Read(ref _open) is not null;

    /// <summary>Whether results of the chunk that runs may wait for others to go with. For the runner's thread.</summary>
    public bool MayWait { get; set; }

    /// <summary>How long the last item took, in ticks of the clock. For the runner's thread.</summary>
    public long LastBusyTicks { get; private set; }

    /// <summary>How long its result may wait, in ticks of the clock. For the runner's thread.</summary>
    public long LastWaitTicks => (long)(ResultWait.Of(LastBusyTicks * nanosecondsPerTick) / nanosecondsPerTick);

    /// <summary>Adds the result of an item.</summary>
    /// <param name="lease">Lease of its chunk.</param>
    /// <param name="value">The value; empty if there is an error.</param>
    /// <param name="error">The error, if there is one.</param>
    /// <param name="busyTicks">How long the item took, in ticks of the clock.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="isLast">Whether <see cref="ResultBuffer.EndChunk"/> follows at once, which then decides when to write.</param>
    public void Add(ulong lease, ReadOnlySpan<byte> value, ItemError? error, long busyTicks, long now, bool isLast)
    {
        LastBusyTicks = busyTicks;
        var bytes = value.Length + BytesPerItem + (error?.CalculateSize() ?? 0L);
        if (error is null && busyTicks < quickItemTicks && TryJoin(lease, value, bytes, busyTicks))
        {
            return;
        }

        buffer.Add(this, lease, value, error, bytes, busyTicks, now, isLast);
    }

    /// <summary>Takes the open entry away. For the buffer.</summary>
    /// <returns>It, or <c>null</c>.</returns>
    public ResultEntry? Take()
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        var open = _open;
        _open = null;
        _gate.Exit(useMemoryBarrier: false);
        return open;
    }

    /// <summary>Opens an entry. For the buffer, on the runner's thread: nothing is open.</summary>
    /// <param name="entry">The entry. Nobody else changes it from now on.</param>
    public void Open(ResultEntry entry)
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        _open = entry;
        _gate.Exit(useMemoryBarrier: false);
    }

    // One without times has had one item at most: whether anyone sees to it, and its table, are the buffer's business.
    private bool TryJoin(ulong lease, ReadOnlySpan<byte> value, long bytes, long busyTicks)
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        var isRoom = _open is { Times: not null } open && open.Lease == lease && open.Bytes + bytes < limits.FlushBytes;
        if (isRoom)
        {
            _open!.Add(value, bytes, busyTicks, nanosecondsPerTick);
        }

        _gate.Exit(useMemoryBarrier: false);
        return isRoom;
    }
}
