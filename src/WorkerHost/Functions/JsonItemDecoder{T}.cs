using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WorkerPool.Protocol.Json;
using WorkerPool.WorkerHost.BuiltIns;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads anything that System.Text.Json can.</summary>
/// <typeparam name="T">Type of the parameter.</typeparam>
internal sealed class JsonItemDecoder<T> : ItemDecoder<T>
{
    private readonly JsonTypeInfo<T> _type = JsonForm.TypeInfo<T>();

    /// <inheritdoc/>
    public override T? Decode(in Item item)
    {
        var json = item.Content.Span;
        if (typeof(T) == typeof(Number) && JsonIntegers.TryRead(json, out long integer))
        {
            return (T)(object)new Number(integer);
        }

        return JsonIntegers.TryRead<T>(json, out var value) ? value : JsonSerializer.Deserialize(json, _type);
    }
}
