using System.Buffers;

namespace WorkerPool.Protocol.Packing;

/// <summary>
/// Memory of packed items that is rented, and given back when all of them have been let go of. Items that nobody lets go of
/// keep it: then it is garbage as any other memory. Safe for several threads.
/// </summary>
public sealed class RentedMemory
{
    // More than there can be items: so that the count never comes down to zero.
    private const long Forever = long.MaxValue / 4;

    // The values of a window's chunks: more than the shared pool keeps of one size. 16 MB at most.
    private const int SmallSize = 8 << 10;
    private const int SmallOfOneSize = 1024;
    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(SmallSize, SmallOfOneSize);

    private readonly byte[] _bytes;
    private readonly Action<byte[]> _giveBack;
    private long _items;

    private RentedMemory(byte[] bytes, int items, Action<byte[]> giveBack)
    {
        _bytes = bytes;
        _items = items;
        _giveBack = giveBack;
    }

    /// <summary>Rents memory.</summary>
    /// <param name="size">Its size in bytes, at least.</param>
    public static byte[] Rent(int size) => PoolOf(size).Rent(size);

    /// <summary>Gives memory back that nothing was put into.</summary>
    /// <param name="bytes">The memory.</param>
    public static void Return(byte[] bytes) => PoolOf(bytes.Length).Return(bytes);

    /// <summary>Has memory that was rented given back in time.</summary>
    /// <param name="bytes">The memory.</param>
    /// <param name="items">How many items are in it. Range: 1 and up.</param>
    /// <param name="giveBack">Gives it back. Default: to where <see cref="Rent"/> takes it from.</param>
    public static RentedMemory Of(byte[] bytes, int items, Action<byte[]>? giveBack = null) => new(bytes, items, giveBack ?? Return);

    /// <summary>Items in it are let go of, each once: nobody reads them any more.</summary>
    /// <param name="items">How many.</param>
    public void Release(int items)
    {
        if (items > 0 && Interlocked.Add(ref _items, -items) == 0)
        {
            _giveBack(_bytes);
        }
    }

    /// <summary>Somebody may read it at any time: it is not given back.</summary>
    public void Keep() => Interlocked.Exchange(ref _items, Forever);

    private static ArrayPool<byte> PoolOf(int size) => size <= SmallSize ? Small : ArrayPool<byte>.Shared;
}
