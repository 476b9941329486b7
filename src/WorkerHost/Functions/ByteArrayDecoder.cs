using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads raw bytes into an array of the function's own.</summary>
internal sealed class ByteArrayDecoder : ItemDecoder<byte[]>
{
    private readonly JsonItemDecoder<byte[]> _json = new();

    /// <inheritdoc/>
    public override byte[]? Decode(in Item item)
    {
        if (item.Encoding != Encoding.Raw)
        {
            return _json.Decode(item);
        }

        // All of it is written: it need not be cleared before.
        var bytes = GC.AllocateUninitializedArray<byte>(item.Content.Length);
        item.Content.CopyTo(bytes);
        return bytes;
    }
}
