using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using WorkerPool.V1;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// A run of items (or values) laid end to end, over memory that it does not own. Cutting is slicing: no byte of an
/// item is copied or looked at.
/// </summary>
public readonly struct PackedRun
{
    private readonly ArraySegment<uint> _sizes;

    private PackedRun(ArraySegment<uint> sizes, ReadOnlyMemory<byte> data)
    {
        _sizes = sizes;
        Data = data;
    }

    /// <summary>No items.</summary>
    public static PackedRun Empty { get; } = new(ArraySegment<uint>.Empty, default);

    /// <summary>Number of items.</summary>
    public int Count => _sizes.Count;

    /// <summary>All items end to end.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Sizes of the items, in bytes.</summary>
    public ReadOnlySpan<uint> Sizes => _sizes;

    /// <summary>A run of items with the sizes given.</summary>
    /// <param name="sizes">Size of each item in bytes; kept, not copied.</param>
    /// <param name="data">All items end to end; kept, not copied.</param>
    /// <exception cref="ArgumentException">The sizes do not add up to the length of the data.</exception>
    public static PackedRun Create(ArraySegment<uint> sizes, ReadOnlyMemory<byte> data)
    {
        if (Sum(sizes) != data.Length)
        {
            throw new ArgumentException($"The sizes add up to {Sum(sizes)} bytes, the data has {data.Length}.", nameof(data));
        }

        return new PackedRun(sizes, data);
    }

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

        var sizes = new uint[message.Sizes.Count];
        message.Sizes.CopyTo(sizes, 0);
        var sum = Sum(sizes);
        if (sum != message.Data.Length)
        {
            problem = $"the sizes of {sizes.Length} packed items add up to {sum} bytes, but {message.Data.Length} bytes came";
            return false;
        }

        run = new PackedRun(sizes, message.Data.Memory);
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

        var offset = (int)Sum(_sizes.AsSpan(0, start));
        var sizes = _sizes.Slice(start, count);
        return new PackedRun(sizes, Data.Slice(offset, (int)Sum(sizes)));
    }

    /// <summary>The items from <paramref name="start"/> on.</summary>
    /// <param name="start">Position of the first. Range: 0 to <see cref="Count"/>.</param>
    public PackedRun Slice(int start) => Slice(start, Count - start);

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
            var next = bytes + _sizes[i];
            if (next > maxBytes)
            {
                return i;
            }

            bytes = next;
        }

        return limit;
    }

    /// <summary>As a message for the wire, over the same bytes.</summary>
    public PackedItems ToMessage()
    {
        var message = new PackedItems { Data = UnsafeByteOperations.UnsafeWrap(Data) };
        message.Sizes.AddRange(_sizes);
        return message;
    }

    /// <summary>Goes through the items.</summary>
    public Enumerator GetEnumerator() => new(this);

    private static long Sum(ReadOnlySpan<uint> sizes)
    {
        long sum = 0;
        foreach (var size in sizes)
        {
            sum += size;
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
            _size = (int)_run._sizes[_position];
            return true;
        }
    }
}
