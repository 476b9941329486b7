using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Protocol.Packing;

namespace WorkerPool.Supervisor.Api;

/// <summary>
/// The JSON form of items, for people: <see cref="Value"/>s, or exact JSON text where a double cannot carry a number.
/// </summary>
internal static class JsonForm
{
    private const int ExactIntegerDigits = 15;

    // Parsers of protobuf go a hundred messages deep; an object in a value takes three.
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 32 };

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Adds a value as an item.</summary>
    /// <param name="items">Where to.</param>
    /// <param name="value">The value.</param>
    public static void Add(PackedRunBuilder items, Value value)
    {
        using (var writer = new Utf8JsonWriter(items.Writer, WriterOptions))
        {
            Write(writer, value);
        }

        items.EndItem();
    }

    /// <summary>Adds JSON text as an item; whether it is JSON shows where it is run.</summary>
    /// <param name="items">Where to.</param>
    /// <param name="json">The text.</param>
    public static void Add(PackedRunBuilder items, string json)
    {
        Encoding.UTF8.GetBytes(json, items.Writer);
        items.EndItem();
    }

    /// <summary>Adds values as shared arguments of a job.</summary>
    /// <param name="values">The values, by name.</param>
    /// <param name="arguments">Where they are named.</param>
    /// <returns>Their bytes, end to end.</returns>
    public static ReadOnlyMemory<byte> Shared(IReadOnlyDictionary<string, Value> values, ICollection<V1.SharedArgument> arguments)
    {
        var builder = new PackedRunBuilder();
        foreach (var (name, value) in values)
        {
            var before = builder.ByteCount;
            Add(builder, value);
            arguments.Add(new V1.SharedArgument { Name = name, Size = (ulong)(builder.ByteCount - before) });
        }

        return builder.Take().Data;
    }

    /// <summary>Reads JSON text as a value, if that carries it exactly.</summary>
    /// <param name="json">UTF-8 JSON text, one value.</param>
    /// <returns>The value; <c>null</c> if a number in it would be changed, if it is nested too deeply for clients, or
    /// if it is no JSON after all, as a function that encodes its value itself may give.</returns>
    public static Value? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, ReaderOptions);
            return TryRead(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Value? TryRead(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return Value.ForNull();
            case JsonValueKind.True or JsonValueKind.False:
                return Value.ForBool(element.GetBoolean());
            case JsonValueKind.String:
                return Value.ForString(element.GetString());
            case JsonValueKind.Number:
                return IsExact(element.GetRawText(), element.GetDouble()) ? Value.ForNumber(element.GetDouble()) : null;
            case JsonValueKind.Array:
                var list = new List<Value>(element.GetArrayLength());
                foreach (var child in element.EnumerateArray())
                {
                    if (TryRead(child) is not { } value)
                    {
                        return null;
                    }

                    list.Add(value);
                }

                return Value.ForList([.. list]);
            default:
                var fields = new Struct();
                foreach (var property in element.EnumerateObject())
                {
                    if (TryRead(property.Value) is not { } value)
                    {
                        return null;
                    }

                    fields.Fields[property.Name] = value;
                }

                return Value.ForStruct(fields);
        }
    }

    private static bool IsExact(string text, double number)
    {
        if (!double.IsFinite(number))
        {
            return false;
        }

        var digits = text.TrimStart('-');
        if (digits.All(char.IsAsciiDigit))
        {
            return digits.Length <= ExactIntegerDigits
                || BigInteger.Parse(text, CultureInfo.InvariantCulture) == new BigInteger(number);
        }

        // Not the digits a double can have but those it gives back: a fraction, or an integer in disguise.
        return SignificantDigits(digits) == SignificantDigits(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
    }

    private static string SignificantDigits(string number) =>
        number.Split('e', 'E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue):
                writer.WriteNumberValue(value.NumberValue);
                break;
            case Value.KindOneofCase.ListValue:
                writer.WriteStartArray();
                foreach (var child in value.ListValue.Values)
                {
                    Write(writer, child);
                }

                writer.WriteEndArray();
                break;
            case Value.KindOneofCase.StructValue:
                writer.WriteStartObject();
                foreach (var (name, child) in value.StructValue.Fields)
                {
                    writer.WritePropertyName(name);
                    Write(writer, child);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
