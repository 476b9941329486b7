using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes what a function returned.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal abstract class ValueEncoder<T>
{
    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoding">JSON, or the function's own encoding of values.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ItemRefusedException">The value has no form in that encoding.</exception>
    public abstract void Encode(T? value, Encoding encoding, ValueBuffer target);

    /// <summary>The refusal of a value.</summary>
    /// <param name="why">What stands in the way, as the end of a sentence.</param>
    protected static ItemRefusedException NotEncodable(string why) =>
        new(ErrorReasons.ValueNotEncodable, $"The value cannot be encoded: {why}.");
}

/// <summary>Writes anything that System.Text.Json can.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal sealed class JsonValueEncoder<T> : ValueEncoder<T>
{
    private readonly JsonTypeInfo<T> _type = JsonForm.TypeInfo<T>();

    /// <inheritdoc/>
    public override void Encode(T? value, Encoding encoding, ValueBuffer target)
    {
        JsonSerializer.Serialize(target.Json, value!, _type);
        target.Json.Flush();
    }
}

/// <summary>Answers <c>null</c> for functions without a result.</summary>
internal sealed class NoValueEncoder : ValueEncoder<NoValue>
{
    /// <inheritdoc/>
    public override void Encode(NoValue value, Encoding encoding, ValueBuffer target) => target.Bytes.Write("null"u8);
}

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

/// <summary>Writes a protobuf message in its binary or its JSON form.</summary>
/// <typeparam name="T">The message.</typeparam>
internal sealed class MessageEncoder<T> : ValueEncoder<T>
    where T : class, IMessage<T>, new()
{
    private readonly JsonFormatter _json =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(ProtobufTypes.Registry(typeof(T))));

    /// <inheritdoc/>
    public override void Encode(T? value, Encoding encoding, ValueBuffer target)
    {
        if (encoding == Encoding.Json)
        {
            var text = value is null ? "null" : _json.Format(value);
            System.Text.EncodingExtensions.GetBytes(System.Text.Encoding.UTF8, text, target.Bytes);
        }
        else if (value is not null)
        {
            value.WriteTo(target.Bytes);
        }
        else
        {
            throw NotEncodable("the function returned null, which is no protobuf message; ask for the values as JSON");
        }
    }
}

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
