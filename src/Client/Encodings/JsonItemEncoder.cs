using System.Text.Json;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>Items as JSON text.</summary>
/// <param name="write">Writes an item as one JSON value.</param>
internal sealed class JsonItemEncoder<TItem>(Action<Utf8JsonWriter, TItem> write)
    : ItemEncoder<TItem>(V1.Encoding.Json), IDisposable
{
    private readonly ScratchBuffer _scratch = new();
    private readonly Utf8JsonWriter _writer = new(Stream.Null, JsonFormat.WriterOptions);

    /// <summary>Items as System.Text.Json writes their type.</summary>
    public static JsonItemEncoder<TItem> OfType()
    {
        var type = JsonFormat.TypeInfo<TItem>();
        return new JsonItemEncoder<TItem>((writer, item) => JsonSerializer.Serialize(writer, item, type));
    }

    public override ReadOnlyMemory<byte> Encode(TItem item)
    {
        var target = _scratch.Restart();
        if (JsonIntegers.TryWrite(item, target))
        {
            return _scratch.Written;
        }

        _writer.Reset(target);
        write(_writer, item);
        _writer.Flush();
        return _scratch.Written;
    }

    public void Dispose() => _writer.Dispose();
}
