using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Reads and writes a <see cref="Number"/>.</summary>
public sealed class NumberConverter : JsonConverter<Number>
{
    /// <inheritdoc/>
    public override Number Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new JsonException();
        }

        if (reader.TryGetInt64(out var small))
        {
            return new Number(small);
        }

        var digits = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        if (digits.IndexOfAny(".eE"u8) < 0)
        {
            return new Number(BigInteger.Parse(System.Text.Encoding.ASCII.GetString(digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        }

        var real = reader.GetDouble();
        return double.IsFinite(real) ? new Number(real) : throw new JsonException("The number is beyond a double's range.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Number value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.TryGetInt64(out var small))
        {
            writer.WriteNumberValue(small);
        }
        else if (value.IsInteger)
        {
            writer.WriteRawValue(value.ToString(), skipInputValidation: true);
        }
        else
        {
            writer.WriteNumberValue(value.ToDouble());
        }
    }
}
