namespace WorkerPool.Client.Encodings;

/// <summary>Encodes the items of one job, one after the other. Not safe for several threads.</summary>
internal abstract class ItemEncoder<TItem>(V1.Encoding encoding)
{
    /// <summary>What the bytes are.</summary>
    public V1.Encoding Encoding { get; } = encoding;

    /// <summary>The bytes of an item. They are valid until the next call.</summary>
    /// <exception cref="Exception">Whatever the item's own code throws: it cannot be encoded.</exception>
    public abstract ReadOnlyMemory<byte> Encode(TItem item);
}
