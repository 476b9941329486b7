using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>The JSON of items and values: that of the web, with no character escaped that need not be.</summary>
internal static class JsonFormat
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Says what is wrong with a text that is to be one JSON value; <c>null</c> if nothing is.</summary>
    public static string? ProblemOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return JsonProblem.Describe(e);
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new TupleConverterFactory() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
