using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>Writes results, one JSON value a line, and holds them until its buffer is full or it is told to flush.</summary>
/// <param name="stream">Takes the lines.</param>
/// <param name="withIndex">Whether a line is an object of index and value or error. Else failed items have none.</param>
/// <param name="isRaw">Whether a value that is a string is written as the text that it is, which may be of several lines. Default: no.</param>
internal sealed class ResultWriter(Stream stream, bool withIndex, bool isRaw = false)
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes * 2);

    /// <summary>Writes the outcome of an item.</summary>
    public void Write(Outcome<JsonText> outcome)
    {
        if (!withIndex)
        {
            if (outcome.Succeeded)
            {
                WriteValue(outcome.Value);
                EndLine();
            }

            return;
        }

        _buffer.Write("{\"index\":"u8);
        WriteNumber(outcome.Index);
        if (outcome.Error is { } error)
        {
            _buffer.Write(",\"error\":"u8);
            WriteError(error);
        }
        else
        {
            _buffer.Write(",\"value\":"u8);
            WriteValue(outcome.Value);
        }

        _buffer.Write("}"u8);
        EndLine();
    }

    /// <summary>Writes a value as a line of its own.</summary>
    public void Write(JsonText value)
    {
        WriteValue(value);
        EndLine();
    }

    /// <summary>Passes on what is held.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            stream.Write(_buffer.WrittenSpan);
            stream.Flush();
            _buffer.ResetWrittenCount();
        }
    }

    // A value may have been written by hand in a function, over several lines.
    private void WriteValue(JsonText value)
    {
        var text = value.Utf8.Span;
        if (isRaw && text.TrimStart(" \t\r\n"u8) is [(byte)'"', ..])
        {
            WriteText(text);
            return;
        }

        if (text.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            _buffer.Write(text);
            return;
        }

        using var document = JsonDocument.Parse(value.Utf8);
        using var writer = new Utf8JsonWriter(_buffer, Relaxed);
        document.WriteTo(writer);
    }

    private void WriteText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var written = reader.CopyString(_buffer.GetSpan(json.Length));
        _buffer.Advance(written);
    }

    private void WriteError(ItemFailedException error)
    {
        using var writer = new Utf8JsonWriter(_buffer, Relaxed);
        writer.WriteStartObject();
        writer.WriteString("reason", error.Reason);
        writer.WriteString("message", error.Description);
        if (error.RemoteType.Length > 0)
        {
            writer.WriteString("type", error.RemoteType);
        }

        if (error.RemoteStackTrace.Length > 0)
        {
            writer.WriteString("stackTrace", error.RemoteStackTrace);
        }

        writer.WriteNumber("attempts", error.Attempts);
        if (error.Metadata.Count > 0)
        {
            writer.WriteStartObject("metadata");
            foreach (var (key, value) in error.Metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteNumber(long number)
    {
        number.TryFormat(_buffer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }

    private void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }
}
