using System.Buffers;
using System.Text.Unicode;
using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Programs;

/// <summary>Reads a program's output as what it was declared to be, and writes it as a value.</summary>
/// <param name="program">The program.</param>
internal sealed class ProgramValue(ProgramDeclaration program)
{
    private const int ShownBytes = 80;

    private readonly ByteMemoryEncoder _bytes = new();

    /// <summary>Writes a value.</summary>
    /// <param name="output">What the program wrote to stdout.</param>
    /// <param name="encoding">JSON; raw as well for bytes.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ItemRefusedException">The output is not what was declared.</exception>
    public void Write(ReadOnlyMemory<byte> output, Encoding encoding, ValueBuffer target)
    {
        switch (program.Output)
        {
            case ProgramOutput.Bytes:
                _bytes.Encode(output, encoding, target);
                break;
            case ProgramOutput.Json:
                WriteJson(output.Span.Trim(" \t\r\n"u8), target);
                break;
            default:
                WriteText(WithoutLineEnd(output.Span), target);
                break;
        }
    }

    private void WriteText(ReadOnlySpan<byte> text, ValueBuffer target)
    {
        if (!Utf8.IsValid(text))
        {
            throw NotEncodable("not UTF-8 text; declare its output as bytes");
        }

        target.Json.WriteStringValue(text);
        target.Json.Flush();
    }

    private void WriteJson(ReadOnlySpan<byte> json, ValueBuffer target)
    {
        if (!JsonForm.IsWellFormed(json, out var problem))
        {
            var start = json.Length <= ShownBytes ? json : json[..ShownBytes];
            throw NotEncodable(json.IsEmpty
                ? "nothing, where one JSON value was expected"
                : $"not one JSON value: {problem} It begins with: {System.Text.Encoding.UTF8.GetString(start)}");
        }

        target.Bytes.Write(json);
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> text) =>
        text.EndsWith("\r\n"u8) ? text[..^2] : text.EndsWith("\n"u8) ? text[..^1] : text;

    private ItemRefusedException NotEncodable(string what) =>
        new(ErrorReasons.ValueNotEncodable, $"What {Path.GetFileName(program.Path)} wrote to stdout is {what}");
}
