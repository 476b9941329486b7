using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkerPool.Client.Encodings;

/// <summary>
/// Makes tuples JSON arrays, wherever they stand: an item of a function of several parameters is one, by position.
/// System.Text.Json by itself would write <c>{}</c>.
/// </summary>
internal sealed class TupleConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(ITuple).IsAssignableFrom(typeToConvert) && !typeToConvert.IsAbstract;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TupleConverter<>).MakeGenericType(typeToConvert))!;
}
