using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// The items that were laid ready last, which the next one may join without the lock of the <see cref="Outbox"/> that holds them. The one
/// that pulls the source adds; whoever holds the outbox's lock does everything else.
/// </summary>
internal sealed class OpenBatch
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxItems = 8192;

    private readonly PackedRunBuilder _builder = new();

    // Held for the few steps of adding an item or taking all.
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private ulong _first;
    private int _spareBytes;

    /// <summary>Number of items.</summary>
    public int Count
    {
        get
        {
            var isTaken = false;
            _gate.Enter(ref isTaken);
            var count = _builder.Count;
            _gate.Exit(useMemoryBarrier: false);
            return count;
        }
    }

    /// <summary>Bytes of items that it has room for. For the one that adds.</summary>
    public int RoomBytes => MaxBytes - _builder.ByteCount;

    private ulong End => _first + (ulong)_builder.Count;

    /// <summary>Adds an item, if it follows on those there are, of which there is one at least, and has room.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="item">Its bytes.</param>
    public bool TryJoin(ulong index, ReadOnlySpan<byte> item)
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        var isRoom = _builder.Count is > 0 and < MaxItems && item.Length <= _spareBytes && index == End;
        if (isRoom)
        {
            _spareBytes -= item.Length;
            _builder.Add(item);
        }

        _gate.Exit(useMemoryBarrier: false);
        return isRoom;
    }

    /// <summary>Whether an item may only be added after what there is was taken.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="bytes">Its bytes.</param>
    public bool IsToBeTakenBefore(ulong index, int bytes) =>
        _builder.Count > 0 && (_builder.Count >= MaxItems || bytes > RoomBytes || index != End);

    /// <summary>Adds an item. By the one that adds, under the outbox's lock.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="item">Its bytes.</param>
    /// <param name="spareBytes">Bytes that those to come may take.</param>
    public void Add(ulong index, ReadOnlySpan<byte> item, int spareBytes)
    {
        _first = _builder.Count == 0 ? index : _first;
        _builder.Add(item);
        _spareBytes = spareBytes;
    }

    /// <summary>Takes back what was spared and not used.</summary>
    /// <returns>Bytes.</returns>
    public int TakeSpare()
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        var spare = _spareBytes;
        _spareBytes = 0;
        _gate.Exit(useMemoryBarrier: false);
        return spare;
    }

    /// <summary>Takes all items, of which there is one at least.</summary>
    /// <param name="spareBytes">What was spared and not used, which is taken back.</param>
    public SentBatch Take(out int spareBytes)
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
        spareBytes = _spareBytes;
        _spareBytes = 0;
        var batch = new SentBatch(_first, _builder.Take());
        _gate.Exit(useMemoryBarrier: false);
        return batch;
    }
}
