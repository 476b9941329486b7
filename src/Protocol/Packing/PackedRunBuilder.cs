using System.Buffers;
using System.Buffers.Binary;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// Lays items end to end. Write an item's bytes to <see cref="Writer"/>, then call <see cref="EndItem"/> (or
/// <see cref="AbandonItem"/>). Not safe for several threads.
/// </summary>
public sealed class PackedRunBuilder
{
    private const int SizeBytes = sizeof(uint);
    private const int FirstSizes = 16;
    private const int FirstBytes = 256;

    // What is kept for the next run, at most.
    private const int MostKept = 512 << 10;

    private GrowingBuffer _data = new(FirstBytes);
    private byte[] _sizes = new byte[FirstSizes * SizeBytes];
    private int _finished;

    /// <summary>Takes the bytes of the item that is being written.</summary>
    public IBufferWriter<byte> Writer => _data;

    /// <summary>Number of finished items.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the finished items.</summary>
    public int ByteCount => _finished;

    /// <summary>Bytes written of the item that is not finished.</summary>
    public int OpenItemByteCount => _data.Count - _finished;

    /// <summary>Finishes the item whose bytes were written since the last one; none make an empty item.</summary>
    public void EndItem()
    {
        var at = Count++ * SizeBytes;
        if (at == _sizes.Length)
        {
            Array.Resize(ref _sizes, _sizes.Length * 2);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_sizes.AsSpan(at), (uint)OpenItemByteCount);
        _finished = _data.Count;
    }

    /// <summary>Drops what was written of the item that is not finished.</summary>
    public void AbandonItem()
    {
        _data.CutTo(_finished);
    }

    /// <summary>Adds a whole item.</summary>
    /// <param name="item">Its bytes; copied.</param>
    public void Add(ReadOnlySpan<byte> item)
    {
        _data.Write(item);
        EndItem();
    }

    /// <summary>Adds whole items.</summary>
    /// <param name="items">The items; copied.</param>
    public void Add(PackedRun items)
    {
        if (_sizes.Length < (Count + items.Count) * SizeBytes)
        {
            Array.Resize(ref _sizes, Math.Max(_sizes.Length * 2, (Count + items.Count) * SizeBytes));
        }

        items.CopySizesTo(_sizes.AsSpan(Count * SizeBytes));
        _data.Write(items.Data.Span);
        Count += items.Count;
        _finished = _data.Count;
    }

    /// <summary>Gives the finished items away and starts anew. The run owns its memory.</summary>
    public PackedRun Take()
    {
        var run = Lend();
        _data = new GrowingBuffer(Math.Max(FirstBytes, _finished));
        _sizes = new byte[Math.Max(FirstSizes, Count) * SizeBytes];
        Count = 0;
        _finished = 0;
        return run;
    }

    /// <summary>Shows the finished items. The run is over this builder's memory: it is not to be used any more once another item is written.</summary>
    public PackedRun Lend() => PackedRun.Built(new ArraySegment<byte>(_sizes, 0, Count * SizeBytes), _data.Written[.._finished]);

    /// <summary>Starts anew in the same memory, but for what is much: nobody has a run over it any more.</summary>
    public void Clear()
    {
        if (_data.Capacity > MostKept)
        {
            _data = new GrowingBuffer(FirstBytes);
        }

        _data.CutTo(0);
        Count = 0;
        _finished = 0;
    }
}
