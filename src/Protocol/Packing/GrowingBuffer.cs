using System.Buffers;

namespace WorkerPool.Protocol.Packing;

/// <summary>Bytes one after another in one array, which grows by doubling. As the library's own, but that memory which is to be written is not cleared before.</summary>
/// <param name="capacity">Room at the start, in bytes. Range: 1 and up.</param>
internal sealed class GrowingBuffer(int capacity) : IBufferWriter<byte>
{
    private const int LeastFree = 256;
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it can hold without growing.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Count);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Count);
        Count += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(Count);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">The bytes; copied.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Count)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    /// <summary>Forgets what was written behind a place.</summary>
    /// <param name="count">How many bytes are kept. Range: 0 to <see cref="Count"/>.</param>
    public void CutTo(int count) => Count = count;

    private void Grow(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var wanted = Count + (long)Math.Max(sizeHint, 1);
        if (wanted <= _bytes.Length)
        {
            return;
        }

        var doubled = Math.Min(Array.MaxLength, Math.Max(LeastFree, 2L * _bytes.Length));
        var grown = GC.AllocateUninitializedArray<byte>(checked((int)Math.Max(wanted, doubled)));
        _bytes.AsSpan(0, Count).CopyTo(grown);
        _bytes = grown;
    }
}
