using WorkerPool.Protocol.Packing;

namespace WorkerPool.V1;

/// <summary>What the message says of itself without being taken apart.</summary>
public sealed partial class PackedItems
{
    /// <summary>Number of items.</summary>
    public int ItemCount => Sizes.Length / sizeof(uint);

    /// <summary>The memory that they are in, where it is rented. Not part of the message. Default: <c>null</c>.</summary>
    internal RentedMemory? Rented { get; init; }
}
