using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Protocol.Signatures;

/// <summary>The words for types in the signatures of functions, such as <c>number</c> or <c>string[]</c>.</summary>
public static class SignatureWords
{
    private static readonly HashSet<Type> Integers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(Int128), typeof(UInt128),
    ];

    private static readonly HashSet<Type> Reals = [typeof(float), typeof(double), typeof(decimal), typeof(Half)];

    private static readonly HashSet<Type> Texts =
    [
        typeof(string), typeof(char), typeof(Guid), typeof(Uri), typeof(Version), typeof(DateTime),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    private static readonly HashSet<Type> Anything = [typeof(object), typeof(JsonElement), typeof(JsonNode), typeof(JsonDocument)];

    /// <summary>The word for a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="known">Words for types that only the asker knows, such as messages; <c>null</c> for others.</param>
    public static string Name(Type type, Func<Type, string?> known) => type switch
    {
        _ when known(type) is { } word => word,
        _ when type == typeof(bool) => "boolean",
        _ when Integers.Contains(type) => "integer",
        _ when IsReal(type) => "number",
        _ when Texts.Contains(type) => "string",
        _ when Anything.Contains(type) => "any",
        _ when IsBytes(type) => "bytes",
        _ when Nullable.GetUnderlyingType(type) is { } inner => Name(inner, known) + "?",
        _ when type.IsEnum => type.IsDefined(typeof(JsonConverterAttribute), false) ? "string" : "integer",
        _ when TupleConverterFactory.ElementsOf(type) is { } elements =>
            $"[{string.Join(", ", elements.Select(element => Name(element, known)))}]",
        _ when IsMap(type) => "object",
        _ when ElementOf(type) is { } element => Name(element, known) + "[]",
        _ => type.Name.Split('`')[0],
    };

    /// <summary>Whether a type is a number that may have a point.</summary>
    /// <param name="type">The type.</param>
    public static bool IsReal(Type type) => Reals.Contains(type);

    /// <summary>Whether a type stands for raw bytes.</summary>
    /// <param name="type">The type.</param>
    public static bool IsBytes(Type type) =>
        type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);

    private static bool IsMap(Type type) =>
        typeof(IDictionary).IsAssignableFrom(type)
        || GenericInterface(type, typeof(IReadOnlyDictionary<,>)) is not null
        || GenericInterface(type, typeof(IDictionary<,>)) is not null;

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType() : GenericInterface(type, typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static Type? GenericInterface(Type type, Type definition) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(candidate =>
            candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition);
}
