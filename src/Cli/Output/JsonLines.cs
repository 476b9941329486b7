using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkerPool.Cli.Output;

/// <summary>
/// What a pool says of itself, for programs: one JSON object a line, as the results of a map are. Durations are numbers
/// of seconds and their names say so.
/// </summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new SecondsConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameUnits } },
    };

    /// <summary>Writes an object a line.</summary>
    public static void WriteAll<T>(IEnumerable<T> rows, Stream output)
    {
        foreach (var row in rows)
        {
            Write(row, output);
        }
    }

    /// <summary>Writes an object as a line.</summary>
    public static void Write<T>(T row, Stream output)
    {
        output.Write([.. JsonSerializer.SerializeToUtf8Bytes(row, Options), (byte)'\n']);
        output.Flush();
    }

    private static void NameUnits(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?))
            {
                property.Name += "Seconds";
            }
        }
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.TotalSeconds);
    }
}
