using Google.Protobuf;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// Goes through the fields of one message on the wire, of those kinds that messages of packed items are made of: varints, and
/// what has a length.
/// </summary>
/// <remarks>The library's reader gives what has a length only as a copy.</remarks>
/// <param name="bytes">The message.</param>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next field begins.</summary>
    public int Position { get; private set; }

    /// <summary>Whether there is none.</summary>
    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>Reads what a field is.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="type">How it is written.</param>
    /// <returns>Whether the bytes are a field's.</returns>
    public bool TryReadTag(out int number, out WireFormat.WireType type)
    {
        (number, type) = (0, default);
        if (!TryReadVarint(out var tag) || tag > uint.MaxValue)
        {
            return false;
        }

        number = WireFormat.GetTagFieldNumber((uint)tag);
        type = WireFormat.GetTagWireType((uint)tag);
        return number > 0;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && Position < _bytes.Length; shift += 7)
        {
            var next = _bytes[Position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads what has a length.</summary>
    /// <param name="start">Where its content begins.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Whether it is there whole.</returns>
    public bool TryReadContent(out int start, out ReadOnlySpan<byte> content)
    {
        content = default;
        start = 0;
        if (!TryReadVarint(out var length) || length > (ulong)(_bytes.Length - Position))
        {
            return false;
        }

        start = Position;
        content = _bytes.Slice(start, (int)length);
        Position += (int)length;
        return true;
    }
}
