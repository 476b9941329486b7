using System.Text.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>Items that are JSON text already: checked, not copied.</summary>
internal sealed class JsonTextItemEncoder() : ItemEncoder<JsonText>(V1.Encoding.Json)
{
    public override ReadOnlyMemory<byte> Encode(JsonText item) =>
        item.Check() is { } problem ? throw new JsonException(problem) : item.Utf8;
}
