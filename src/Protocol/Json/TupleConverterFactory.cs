using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkerPool.Protocol.Json;

/// <summary>
/// Makes tuples JSON arrays, wherever they stand: an item of a function of several parameters is one, by position.
/// System.Text.Json by itself would write <c>{}</c>.
/// </summary>
public sealed class TupleConverterFactory : JsonConverterFactory
{
    private const int MostElements = 7;

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(ITuple).IsAssignableFrom(typeToConvert) && !typeToConvert.IsAbstract;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TupleConverter<>).MakeGenericType(typeToConvert))!;

    /// <summary>Types of the elements of a tuple that can be read and written; <c>null</c> for any other type.</summary>
    /// <param name="type">The type.</param>
    public static Type[]? ElementsOf(Type type)
    {
        var isSystemTuple = type.IsGenericType && type.Namespace == "System"
            && (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || type.Name.StartsWith("Tuple`", StringComparison.Ordinal));
        return isSystemTuple && type.GetGenericArguments() is { Length: <= MostElements } elements ? elements : null;
    }
}
