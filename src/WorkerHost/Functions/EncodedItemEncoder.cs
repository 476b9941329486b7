using System.Buffers;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes a value whose function has encoded it already.</summary>
internal sealed class EncodedItemEncoder : ValueEncoder<EncodedItem>
{
    /// <inheritdoc/>
    public override void Encode(EncodedItem value, Encoding encoding, ValueBuffer target)
    {
        if ((Encoding)value.Encoding == encoding)
        {
            // An item that is handed back is trusted as it was when it came; other JSON is the function's own work.
            if (encoding == Encoding.Json
                && !value.Content.Equals(target.Item)
                && !JsonForm.IsWellFormed(value.Content.Span, out var problem))
            {
                throw NotEncodable($"what the function returned as JSON is not JSON: {problem}");
            }

            target.Bytes.Write(value.Content.Span);
        }
        else if (value.Encoding == ItemEncoding.Raw && encoding == Encoding.Json)
        {
            target.Json.WriteBase64StringValue(value.Content.Span);
            target.Json.Flush();
        }
        else
        {
            throw NotEncodable(
                $"the function returned {value.Encoding} and {encoding} is wanted; ask for the values as {value.Encoding}");
        }
    }
}
