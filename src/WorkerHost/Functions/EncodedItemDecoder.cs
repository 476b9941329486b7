namespace WorkerPool.WorkerHost.Functions;

/// <summary>Hands the item on as it is.</summary>
internal sealed class EncodedItemDecoder : ItemDecoder<EncodedItem>
{
    /// <inheritdoc/>
    public override EncodedItem Decode(in Item item) => new((ItemEncoding)item.Encoding, item.Content);
}
