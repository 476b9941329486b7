using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using WorkerPool.Client;

namespace WorkerPool.Cli.Input;

/// <summary>
/// The items of a file: JSON Lines, or lines that are strings. A line that cannot be read is an item that fails, and says
/// where it stands.
/// </summary>
/// <remarks>An item is valid until the next one is read: it lies in the reader's buffer.</remarks>
internal static class LineItems
{
    /// <summary>One JSON value a line. Lines of white space are skipped and take no index.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    public static IEnumerable<JsonText> Json(Stream stream, string name)
    {
        var reader = new LineReader(stream);
        while (reader.Read())
        {
            if (reader.IsTooLong)
            {
                yield return TooLong(reader, name);
            }
            else if (reader.Line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                yield return JsonText.TryParse(reader.Line, out var text, out var problem)
                    ? text
                    : Unreadable(reader, name, $"not one JSON value: {problem}");
            }
        }
    }

    /// <summary>Each line a string, empty ones as well.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    public static IEnumerable<JsonText> Strings(Stream stream, string name)
    {
        var reader = new LineReader(stream);
        var text = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
        using var writer = new Utf8JsonWriter(text, options);
        while (reader.Read())
        {
            if (reader.IsTooLong)
            {
                yield return TooLong(reader, name);
                continue;
            }

            if (!Utf8.IsValid(reader.Line.Span))
            {
                yield return Unreadable(reader, name, "not UTF-8 text");
                continue;
            }

            text.ResetWrittenCount();
            writer.Reset(text);
            writer.WriteStringValue(reader.Line.Span);
            writer.Flush();
            yield return new JsonText(text.WrittenMemory);
        }
    }

    private static JsonText TooLong(LineReader reader, string name) => Unreadable(reader, name, "the line is too long");

    private static JsonText Unreadable(LineReader reader, string name, string problem) =>
        JsonText.Unreadable(string.Create(CultureInfo.InvariantCulture, $"{name}, line {reader.LineNumber}: {problem}"));
}
