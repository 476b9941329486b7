using Google.Protobuf;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

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
