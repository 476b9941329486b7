using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads anything that System.Text.Json can.</summary>
/// <typeparam name="T">Type of the parameter.</typeparam>
internal sealed class JsonItemDecoder<T> : ItemDecoder<T>
{
    private readonly JsonTypeInfo<T> _type = JsonForm.TypeInfo<T>();

    /// <inheritdoc/>
    public override T? Decode(in Item item) => JsonSerializer.Deserialize(item.Content.Span, _type);
}
