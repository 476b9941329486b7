using System.Buffers.Binary;

namespace WorkerPool.Bench.Workloads;

/// <summary>Byte items of one size: distinct ones, taken in turns, so that making them is not what is measured.</summary>
internal sealed class ByteItems
{
    private const int Distinct = 256;
    private const int MostBytes = 64 << 20;
    private readonly byte[][] _items;

    /// <summary>Makes the items.</summary>
    /// <param name="size">Their size in bytes. Range: 8 and up.</param>
    public ByteItems(int size)
    {
        Size = size;
        _items = [.. Enumerable.Range(0, Math.Clamp(MostBytes / size, 1, Distinct)).Select(number =>
        {
            var item = new byte[size];
            new Random(number).NextBytes(item);
            BinaryPrimitives.WriteInt64LittleEndian(item, number);
            return item;
        })];
    }

    /// <summary>Their size in bytes.</summary>
    public int Size { get; }

    /// <summary>A number of them, in turns.</summary>
    public IEnumerable<byte[]> Take(int count) => Enumerable.Range(0, count).Select(index => _items[index % _items.Length]);

    /// <summary>The item of an index.</summary>
    public byte[] this[int index] => _items[index % _items.Length];

    /// <summary>Looks at what came back: its size, and its first and last bytes; of some all of it.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="value">What came back.</param>
    public void Check(int index, ReadOnlySpan<byte> value)
    {
        var item = _items[index % _items.Length].AsSpan();
        var isSame = value.Length == item.Length && value[..8].SequenceEqual(item[..8]) && value[^8..].SequenceEqual(item[^8..]);
        WrongResultException.Unless(isSame && (index >= _items.Length || value.SequenceEqual(item)), $"item {index} came back as another");
    }

    /// <summary>The size that a case names, such as "64 KiB".</summary>
    public static int SizeOf(string name) => name switch
    {
        EchoWorkload.KiB1 => 1 << 10,
        EchoWorkload.KiB64 => 64 << 10,
        EchoWorkload.MiB1 => 1 << 20,
        _ => throw new ArgumentException($"There is no size \"{name}\".", nameof(name)),
    };
}
