using System.Text.Json;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads raw bytes without copying them.</summary>
internal sealed class ByteMemoryDecoder : ItemDecoder<ReadOnlyMemory<byte>>
{
    private readonly JsonItemDecoder<byte[]> _json = new();

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decode(in Item item)
    {
        if (item.Encoding == Encoding.Raw)
        {
            return item.Content;
        }

        return _json.Decode(item) ?? throw new JsonException("null");
    }
}
