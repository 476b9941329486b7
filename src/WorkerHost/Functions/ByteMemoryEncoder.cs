using System.Buffers;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes bytes as they are, or as a base64 string.</summary>
internal sealed class ByteMemoryEncoder : ValueEncoder<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override void Encode(ReadOnlyMemory<byte> value, Encoding encoding, ValueBuffer target)
    {
        if (encoding == Encoding.Raw)
        {
            target.Bytes.Write(value.Span);
            return;
        }

        target.Json.WriteBase64StringValue(value.Span);
        target.Json.Flush();
    }
}
