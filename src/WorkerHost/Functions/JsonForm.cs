using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Json;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>How items and values look as JSON: one set of rules for every function.</summary>
internal static class JsonForm
{
    /// <summary>
    /// Web defaults (camelCase, names matched without regard to case), but numbers are numbers, never strings, tuples are
    /// arrays, and text stays readable.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new TupleConverterFactory() },
    };

    /// <summary>The same for a writer of one's own. Serialisation is trusted to write what is well formed.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>How a type is read and written.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="NotSupportedException">System.Text.Json cannot handle the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Whether the bytes are one JSON value.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="problem">What is wrong with it, if it is not.</param>
    public static bool IsWellFormed(ReadOnlySpan<byte> json, out string problem)
    {
        problem = "";
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // Escapes and UTF-8 are only looked at when a string is taken.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problem = error is JsonException malformed ? JsonProblem.Describe(malformed) : error.Message;
            return false;
        }
    }
}
