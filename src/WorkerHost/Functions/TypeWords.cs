using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WorkerPool.WorkerHost.BuiltIns;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Says in a person's words what a type looks like in JSON.</summary>
internal static class TypeWords
{
    private static readonly Dictionary<Type, (string Min, string Max)> Integers = new()
    {
        [typeof(sbyte)] = Range(sbyte.MinValue, sbyte.MaxValue),
        [typeof(byte)] = Range(byte.MinValue, byte.MaxValue),
        [typeof(short)] = Range(short.MinValue, short.MaxValue),
        [typeof(ushort)] = Range(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = Range(int.MinValue, int.MaxValue),
        [typeof(uint)] = Range(uint.MinValue, uint.MaxValue),
        [typeof(long)] = Range(long.MinValue, long.MaxValue),
        [typeof(ulong)] = Range(ulong.MinValue, ulong.MaxValue),
        [typeof(Int128)] = Range(Int128.MinValue, Int128.MaxValue),
        [typeof(UInt128)] = Range(UInt128.MinValue, UInt128.MaxValue),
    };

    private static readonly HashSet<Type> Reals =
        [typeof(float), typeof(double), typeof(decimal), typeof(Half), typeof(Number)];

    private static readonly HashSet<Type> Texts =
    [
        typeof(string), typeof(char), typeof(Guid), typeof(Uri), typeof(Version), typeof(DateTime),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    private static readonly HashSet<Type> Anything =
        [typeof(object), typeof(JsonElement), typeof(JsonNode), typeof(JsonDocument), typeof(EncodedItem)];

    /// <summary>The type's name in a signature, such as <c>number</c> or <c>string[]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Name(Type type) => type switch
    {
        _ when type == typeof(NoValue) => "null",
        _ when type == typeof(bool) => "boolean",
        _ when Integers.ContainsKey(type) => "integer",
        _ when Reals.Contains(type) => "number",
        _ when Texts.Contains(type) => "string",
        _ when Anything.Contains(type) => "any",
        _ when IsBytes(type) => "bytes",
        _ when Nullable.GetUnderlyingType(type) is { } inner => Name(inner) + "?",
        _ when type.IsEnum => type.IsDefined(typeof(JsonConverterAttribute), false) ? "string" : "integer",
        _ when ProtobufTypes.IsMessage(type) => ProtobufTypes.FullName(type),
        _ when IsMap(type) => "object",
        _ when ElementOf(type) is { } element => Name(element) + "[]",
        _ => type.Name.Split('`')[0],
    };

    /// <summary>What a value of the type is, with its article, such as <c>a number</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Expected(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Expected(inner) + " or null";
        }

        if (Integers.TryGetValue(type, out var range))
        {
            return $"an integer from {range.Min} to {range.Max}";
        }

        return Name(type) switch
        {
            "bytes" => "bytes (in JSON a base64 string)",
            "string" when type != typeof(string) => $"a string that is a {type.Name}",
            "integer" => "an integer",
            "object" => "an object",
            "any" => "any value",
            var name when name.EndsWith("[]", StringComparison.Ordinal) => $"an array ({name})",
            var name when Reals.Contains(type) || type == typeof(string) || type == typeof(bool) => $"a {name}",
            var name when type.IsValueType || type.IsClass => $"an object of type {name}",
            var name => name,
        };
    }

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

    private static (string Min, string Max) Range<T>(T min, T max)
        where T : INumber<T> =>
        (min.ToString(null, CultureInfo.InvariantCulture), max.ToString(null, CultureInfo.InvariantCulture));
}
