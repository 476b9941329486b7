using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads raw bytes into an array of the function's own.</summary>
internal sealed class ByteArrayDecoder : ItemDecoder<byte[]>
{
    private readonly JsonItemDecoder<byte[]> _json = new();

    /// <inheritdoc/>
    public override byte[]? Decode(in Item item) =>
        item.Encoding == Encoding.Raw ? item.Content.ToArray() : _json.Decode(item);
}
