using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkerPool.Protocol.Json;

/// <summary>
/// A tuple as a JSON array. System tuples of up to seven elements are written without boxing, and can be read; other tuples
/// can only be written.
/// </summary>
/// <typeparam name="TTuple">Type of the tuple.</typeparam>
internal sealed class TupleConverter<TTuple> : JsonConverter<TTuple>
{
    private static readonly Type[]? Elements = TupleConverterFactory.ElementsOf(typeof(TTuple));

    // Made at first use: an element may be a tuple as well.
    private readonly Lazy<Func<object?[], TTuple>> _construct = new(MakeConstructor);
    private Action<Utf8JsonWriter, TTuple>? _write;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TTuple value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        if (Elements is null)
        {
            WriteBoxed(writer, (ITuple)value!, options);
        }
        else
        {
            (_write ??= MakeWriter(options))(writer, value);
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public override TTuple Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (Elements is null)
        {
            throw new JsonException($"A {typeof(TTuple).Name} can be written, not read.");
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A tuple of {Elements.Length} elements is an array.");
        }

        var values = new object?[Elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            {
                throw new JsonException($"The array has {i} elements, the tuple {Elements.Length}.");
            }

            values[i] = JsonSerializer.Deserialize(ref reader, Elements[i], options);
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? _construct.Value(values)
            : throw new JsonException($"The array has more than the tuple's {Elements.Length} elements.");
    }

    private static Action<Utf8JsonWriter, TTuple> MakeWriter(JsonSerializerOptions options)
    {
        var writer = Expression.Parameter(typeof(Utf8JsonWriter));
        var tuple = Expression.Parameter(typeof(TTuple));
        var elements = Elements!.Select((type, at) => Expression.Call(
            typeof(TupleConverter<TTuple>),
            nameof(WriteElement),
            [type],
            writer,
            Expression.PropertyOrField(tuple, $"Item{at + 1}"),
            Expression.Constant(options.GetTypeInfo(type))));
        return Expression.Lambda<Action<Utf8JsonWriter, TTuple>>(Expression.Block(elements), writer, tuple).Compile();
    }

    private static Func<object?[], TTuple> MakeConstructor()
    {
        var values = Expression.Parameter(typeof(object?[]));
        var arguments = Elements!.Select((type, at) => Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(at)), type));
        var construct = Expression.New(typeof(TTuple).GetConstructor(Elements!)!, arguments);
        return Expression.Lambda<Func<object?[], TTuple>>(construct, values).Compile();
    }

    private static void WriteElement<T>(Utf8JsonWriter writer, T value, JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(writer, value, type);

    private static void WriteBoxed(Utf8JsonWriter writer, ITuple tuple, JsonSerializerOptions options)
    {
        for (var i = 0; i < tuple.Length; i++)
        {
            JsonSerializer.Serialize(writer, tuple[i], options);
        }
    }
}
