using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WorkerPool.Protocol.Json;
using WorkerPool.V1;
using WorkerPool.WorkerHost.BuiltIns;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Writes anything that System.Text.Json can.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal sealed class JsonValueEncoder<T> : ValueEncoder<T>
{
    private readonly JsonTypeInfo<T> _type = JsonForm.TypeInfo<T>();

    /// <inheritdoc/>
    public override void Encode(T? value, Encoding encoding, ValueBuffer target)
    {
        if (value is Number number && number.TryGetInt64(out var integer))
        {
            JsonIntegers.Write(integer, target.Bytes);
            return;
        }

        if (JsonIntegers.TryWrite(value, target.Bytes))
        {
            return;
        }

        JsonSerializer.Serialize(target.Json, value!, _type);
        target.Json.Flush();
    }
}
