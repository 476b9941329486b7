using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WorkerPool.Client.Encodings;

/// <summary>Writes a tuple as a JSON array: an item of a function of several parameters, by position.</summary>
internal static class TupleWriter
{
    /// <summary>A writer for tuples of one type. System types of up to seven elements are written without boxing.</summary>
    public static Action<Utf8JsonWriter, TTuple> For<TTuple>()
    {
        var elements = Elements(typeof(TTuple));
        return elements is null ? WriteBoxed : Compile<TTuple>(elements);
    }

    private static string[]? Elements(Type type)
    {
        var generic = type.IsGenericType && type.Namespace == "System" ? type.GetGenericArguments().Length : 0;
        return generic is >= 1 and <= 7 && (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || type.Name.StartsWith("Tuple`", StringComparison.Ordinal))
            ? [.. Enumerable.Range(1, generic).Select(n => $"Item{n}")]
            : null;
    }

    private static Action<Utf8JsonWriter, TTuple> Compile<TTuple>(string[] elements)
    {
        var writer = Expression.Parameter(typeof(Utf8JsonWriter));
        var tuple = Expression.Parameter(typeof(TTuple));
        var body = new List<Expression> { Expression.Call(writer, nameof(Utf8JsonWriter.WriteStartArray), null) };
        foreach (var element in elements)
        {
            var value = Expression.PropertyOrField(tuple, element);
            var typeInfo = JsonFormat.Options.GetTypeInfo(value.Type);
            body.Add(Expression.Call(typeof(TupleWriter), nameof(WriteElement), [value.Type], writer, value, Expression.Constant(typeInfo)));
        }

        body.Add(Expression.Call(writer, nameof(Utf8JsonWriter.WriteEndArray), null));
        return Expression.Lambda<Action<Utf8JsonWriter, TTuple>>(Expression.Block(body), writer, tuple).Compile();
    }

    private static void WriteElement<T>(Utf8JsonWriter writer, T value, JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(writer, value, type);

    private static void WriteBoxed<TTuple>(Utf8JsonWriter writer, TTuple item)
    {
        var tuple = item as ITuple ?? throw new ArgumentNullException(nameof(item), "The item is null.");
        writer.WriteStartArray();
        for (var i = 0; i < tuple.Length; i++)
        {
            JsonSerializer.Serialize(writer, tuple[i], JsonFormat.Options);
        }

        writer.WriteEndArray();
    }
}
