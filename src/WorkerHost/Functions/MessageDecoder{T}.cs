using Google.Protobuf;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

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
