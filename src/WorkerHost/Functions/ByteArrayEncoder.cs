using System.Buffers;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes bytes as they are, or as a base64 string.</summary>
internal sealed class ByteArrayEncoder : ValueEncoder<byte[]>
{
    private readonly ByteMemoryEncoder _memory = new();

    /// <inheritdoc/>
    public override void Encode(byte[]? value, Encoding encoding, ValueBuffer target)
    {
        if (value is not null)
        {
            _memory.Encode(value, encoding, target);
        }
        else if (encoding == Encoding.Json)
        {
            target.Bytes.Write("null"u8);
        }
        else
        {
            throw NotEncodable("the function returned null, which has no raw form; ask for the values as JSON");
        }
    }
}
