using System.Buffers;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// Lays items end to end. Write an item's bytes to <see cref="Writer"/>, then call <see cref="EndItem"/> (or
/// <see cref="AbandonItem"/>). Not safe for several threads.
/// </summary>
public sealed class PackedRunBuilder
{
    private ArrayBufferWriter<byte> _data = new(256);
    private uint[] _sizes = new uint[16];
    private int _finished;

    /// <summary>Takes the bytes of the item that is being written.</summary>
    public IBufferWriter<byte> Writer => _data;

    /// <summary>Number of finished items.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the finished items.</summary>
    public int ByteCount => _finished;

    /// <summary>Bytes written of the item that is not finished.</summary>
    public int OpenItemByteCount => _data.WrittenCount - _finished;

    /// <summary>Finishes the item whose bytes were written since the last one; none make an empty item.</summary>
    public void EndItem()
    {
        if (Count == _sizes.Length)
        {
            Array.Resize(ref _sizes, _sizes.Length * 2);
        }

        _sizes[Count++] = (uint)OpenItemByteCount;
        _finished = _data.WrittenCount;
    }

    /// <summary>Drops what was written of the item that is not finished.</summary>
    public void AbandonItem()
    {
        if (OpenItemByteCount == 0)
        {
            return;
        }

        var kept = new ArrayBufferWriter<byte>(Math.Max(256, _finished));
        kept.Write(_data.WrittenSpan[.._finished]);
        _data = kept;
    }

    /// <summary>Adds a whole item.</summary>
    /// <param name="item">Its bytes; copied.</param>
    public void Add(ReadOnlySpan<byte> item)
    {
        _data.Write(item);
        EndItem();
    }

    /// <summary>Gives the finished items away and starts anew. The run owns its memory.</summary>
    public PackedRun Take()
    {
        var run = PackedRun.Create(new ArraySegment<uint>(_sizes, 0, Count), _data.WrittenMemory[.._finished]);
        _data = new ArrayBufferWriter<byte>(Math.Max(256, _finished));
        _sizes = new uint[Math.Max(16, Count)];
        Count = 0;
        _finished = 0;
        return run;
    }
}
