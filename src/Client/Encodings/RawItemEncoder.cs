namespace WorkerPool.Client.Encodings;

/// <summary>Items that are bytes.</summary>
/// <param name="bytesOf">The bytes of an item.</param>
internal sealed class RawItemEncoder<TItem>(Func<TItem, ReadOnlyMemory<byte>> bytesOf) : ItemEncoder<TItem>(V1.Encoding.Raw)
{
    public override ReadOnlyMemory<byte> Encode(TItem item) =>
        item is null ? throw new ArgumentNullException(nameof(item), "The item is null.") : bytesOf(item);
}
