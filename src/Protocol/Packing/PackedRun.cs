using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Google.Protobuf;
using WorkerPool.V1;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// A run of items (or values) laid end to end, over memory that it does not own. Cutting is slicing: no byte of an
/// item is copied or looked at.
/// </summary>
public readonly struct PackedRun
{
    private const int SizeBytes = sizeof(uint);

    // As they travel: so nobody on the way takes them apart either.
    private readonly ArraySegment<byte> _sizes;
    private readonly RentedMemory? _rented;

    private PackedRun(ArraySegment<byte> sizes, ReadOnlyMemory<byte> data, RentedMemory? rented = null)
    {
        _sizes = sizes;
        _rented = rented;
        Data = data;
    }

    /// <summary>No items.</summary>
    public static PackedRun Empty { get; } = new(ArraySegment<byte>.Empty, default);

    /// <summary>Number of items.</summary>
    public int Count => _sizes.Count / SizeBytes;

    /// <summary>All items end to end.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>A run of items with the sizes given.</summary>
    /// <param name="sizes">Size of each item in bytes.</param>
    /// <param name="data">All items end to end; kept, not copied.</param>
    /// <exception cref="ArgumentException">The sizes do not add up to the length of the data.</exception>
    public static PackedRun Create(ReadOnlySpan<uint> sizes, ReadOnlyMemory<byte> data)
    {
        var bytes = new byte[sizes.Length * SizeBytes];
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * SizeBytes), sizes[i]);
        }

        var sum = Sum(bytes);
        return sum == data.Length
            ? new PackedRun(bytes, data)
            : throw new ArgumentException($"The sizes add up to {sum} bytes, the data has {data.Length}.", nameof(data));
    }

    /// <summary>The size of an item, in bytes.</summary>
    /// <param name="position">Its position. Range: 0 to <see cref="Count"/> - 1.</param>
    public uint SizeOf(int position) =>
        BinaryPrimitives.ReadUInt32LittleEndian(_sizes.AsSpan(position * SizeBytes, SizeBytes));

    /// <summary>Reads a message from the wire; its bytes are kept, not copied.</summary>
    /// <param name="message">The message; <c>null</c> counts as empty.</param>
    /// <param name="run">The run, when the message is sound.</param>
    /// <param name="problem">What is wrong with the message, when it is not.</param>
    public static bool TryRead(PackedItems? message, out PackedRun run, [NotNullWhen(false)] out string? problem)
    {
        run = Empty;
        problem = null;
        if (message is null)
        {
            return true;
        }

        var sizes = SegmentOf(message.Sizes.Memory);
        if (sizes.Count % SizeBytes != 0)
        {
            problem = $"the sizes of packed items take {SizeBytes} bytes each, but {sizes.Count} bytes of sizes came";
            return false;
        }

        var sum = Sum(sizes);
        if (sum != message.Data.Length)
        {
            problem = $"the sizes of {sizes.Count / SizeBytes} packed items add up to {sum} bytes, but {message.Data.Length} bytes came";
            return false;
        }

        run = new PackedRun(sizes, message.Data.Memory, message.Rented);
        return true;
    }

    /// <summary>The items from <paramref name="start"/>, <paramref name="count"/> of them.</summary>
    /// <param name="start">Position of the first. Range: 0 to <see cref="Count"/>.</param>
    /// <param name="count">How many. Range: 0 to <see cref="Count"/> - start.</param>
    public PackedRun Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        var offset = (int)Sum(_sizes.AsSpan(0, start * SizeBytes));
        var sizes = _sizes.Slice(start * SizeBytes, count * SizeBytes);

        // What is cut off the front again and again is to cost what it is, not what is left.
        return new PackedRun(sizes, start + count == Count ? Data[offset..] : Data.Slice(offset, (int)Sum(sizes)), _rented);
    }

    /// <summary>The items from <paramref name="start"/> on.</summary>
    /// <param name="start">Position of the first. Range: 0 to <see cref="Count"/>.</param>
    public PackedRun Slice(int start) => Slice(start, Count - start);

    /// <summary>
    /// Lets go of the items, each once: nobody reads them any more, and their memory may be used again where it is rented.
    /// Whoever cannot tell does not call it.
    /// </summary>
    public void Release() => _rented?.Release(Count);

    /// <summary>Somebody may read the items at any time: their memory is not used again, whoever lets go of it.</summary>
    public void Keep() => _rented?.Keep();

    /// <summary>How many items from the start fit into a number of bytes.</summary>
    /// <param name="maxBytes">The bytes there are.</param>
    /// <param name="maxCount">The most items to count.</param>
    /// <param name="bytes">The bytes those items take.</param>
    public int CountWithin(long maxBytes, int maxCount, out long bytes)
    {
        bytes = 0;
        var limit = Math.Min(maxCount, Count);
        for (var i = 0; i < limit; i++)
        {
            var next = bytes + SizeOf(i);
            if (next > maxBytes)
            {
                return i;
            }

            bytes = next;
        }

        return limit;
    }

    /// <summary>As a message for the wire, over the same bytes. Whoever is given the message itself may let go of what is in it as of this run.</summary>
    public PackedItems ToMessage() => new()
    {
        Sizes = UnsafeByteOperations.UnsafeWrap(_sizes),
        Data = UnsafeByteOperations.UnsafeWrap(Data),
        Rented = _rented,
    };

    /// <summary>Goes through the items.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>A run over what was built: sizes as they travel, which are known to add up.</summary>
    /// <param name="sizes">The sizes; kept, not copied.</param>
    /// <param name="data">All items end to end; kept, not copied.</param>
    internal static PackedRun Built(ArraySegment<byte> sizes, ReadOnlyMemory<byte> data) => new(sizes, data);

    /// <summary>Copies the sizes as they travel.</summary>
    /// <param name="target">Takes them.</param>
    internal void CopySizesTo(Span<byte> target) => _sizes.AsSpan().CopyTo(target);

    // Of a message that was read it is one; of one that somebody put together it need not be.
    private static ArraySegment<byte> SegmentOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) ? segment : memory.ToArray();

    private static long Sum(ReadOnlySpan<byte> sizes)
    {
        long sum = 0;
        for (var at = 0; at < sizes.Length; at += SizeBytes)
        {
            sum += BinaryPrimitives.ReadUInt32LittleEndian(sizes[at..]);
        }

        return sum;
    }

    /// <summary>Goes through the items of a run.</summary>
    public struct Enumerator
    {
        private readonly PackedRun _run;
        private int _position = -1;
        private int _offset;
        private int _size;

        internal Enumerator(PackedRun run) => _run = run;

        /// <summary>The bytes of the current item.</summary>
        public readonly ReadOnlyMemory<byte> Current => _run.Data.Slice(_offset, _size);

        /// <summary>Moves to the next item, if there is one.</summary>
        public bool MoveNext()
        {
            if (++_position >= _run.Count)
            {
                return false;
            }

            _offset += _size;
            _size = (int)_run.SizeOf(_position);
            return true;
        }
    }
}
