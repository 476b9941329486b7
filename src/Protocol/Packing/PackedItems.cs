namespace WorkerPool.V1;

/// <summary>What the message says of itself without being taken apart.</summary>
public sealed partial class PackedItems
{
    /// <summary>Number of items.</summary>
    public int ItemCount => Sizes.Length / sizeof(uint);
}
