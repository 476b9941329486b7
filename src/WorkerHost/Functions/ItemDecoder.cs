using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads an item, as a whole, for a function's only parameter.</summary>
/// <typeparam name="T">Type of the parameter.</typeparam>
internal abstract class ItemDecoder<T>
{
    /// <summary>Reads the item.</summary>
    /// <param name="item">The item, in JSON or in the parameter's own encoding.</param>
    /// <exception cref="JsonException">The item is not what the parameter takes.</exception>
    /// <exception cref="InvalidProtocolBufferException">The item is not the message the parameter takes.</exception>
    public abstract T? Decode(in Item item);
}

/// <summary>Reads anything that System.Text.Json can.</summary>
/// <typeparam name="T">Type of the parameter.</typeparam>
internal sealed class JsonItemDecoder<T> : ItemDecoder<T>
{
    private readonly JsonTypeInfo<T> _type = JsonForm.TypeInfo<T>();

    /// <inheritdoc/>
    public override T? Decode(in Item item) => JsonSerializer.Deserialize(item.Content.Span, _type);
}

/// <summary>Reads raw bytes into an array of the function's own.</summary>
internal sealed class ByteArrayDecoder : ItemDecoder<byte[]>
{
    private readonly JsonItemDecoder<byte[]> _json = new();

    /// <inheritdoc/>
    public override byte[]? Decode(in Item item) =>
        item.Encoding == Encoding.Raw ? item.Content.ToArray() : _json.Decode(item);
}

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

/// <summary>Reads a protobuf message from its binary or its JSON form.</summary>
/// <typeparam name="T">The message.</typeparam>
internal sealed class MessageDecoder<T> : ItemDecoder<T>
    where T : class, IMessage<T>, new()
{
    private readonly MessageParser<T> _binary = new(() => new T());
    private readonly JsonParser _json = new(JsonParser.Settings.Default.WithTypeRegistry(ProtobufTypes.Registry(typeof(T))));

    /// <inheritdoc/>
    public override T? Decode(in Item item) =>
        item.Encoding == Encoding.Protobuf
            ? _binary.ParseFrom(item.Content.Span)
            : _json.Parse<T>(System.Text.Encoding.UTF8.GetString(item.Content.Span));
}

/// <summary>Hands the item on as it is.</summary>
internal sealed class EncodedItemDecoder : ItemDecoder<EncodedItem>
{
    /// <inheritdoc/>
    public override EncodedItem Decode(in Item item) => new((ItemEncoding)item.Encoding, item.Content);
}
