using System.Text.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>Items that are JSON text already: checked, not copied.</summary>
internal sealed class JsonTextItemEncoder() : ItemEncoder<JsonText>(V1.Encoding.Json)
{
    public override ReadOnlyMemory<byte> Encode(JsonText item)
    {
        var problem = item.Problem ?? JsonFormat.ProblemOf(item.Utf8.Span);
        return problem is null ? item.Utf8 : throw new JsonException(problem);
    }
}
