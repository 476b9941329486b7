using System.Globalization;
using System.Numerics;
using WorkerPool.Protocol.Signatures;
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

    /// <summary>The type's name in a signature, such as <c>number</c> or <c>string[]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Name(Type type) => SignatureWords.Name(type, Known);

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
            var name when name.StartsWith('[') && name.EndsWith(']') => $"an array {name}",
            var name when name.EndsWith("[]", StringComparison.Ordinal) => $"an array ({name})",
            var name when type == typeof(Number) || SignatureWords.IsReal(type) || type == typeof(string) || type == typeof(bool) => $"a {name}",
            var name when type.IsValueType || type.IsClass => $"an object of type {name}",
            var name => name,
        };
    }

    private static string? Known(Type type) => type switch
    {
        _ when type == typeof(NoValue) => "null",
        _ when type == typeof(Number) => "number",
        _ when type == typeof(EncodedItem) => "any",
        _ when ProtobufTypes.IsMessage(type) => ProtobufTypes.FullName(type),
        _ => null,
    };

    private static (string Min, string Max) Range<T>(T min, T max)
        where T : INumber<T> =>
        (min.ToString(null, CultureInfo.InvariantCulture), max.ToString(null, CultureInfo.InvariantCulture));
}
