using System.Text.Json;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Words the refusals of items: what was expected, and what came.</summary>
internal static class Refusals
{
    private const int ShownCharacters = 80;

    /// <summary>The item is not of the type the function takes.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item.</param>
    /// <param name="expected">What the function takes, such as <c>a number</c>.</param>
    /// <param name="actual">What came, such as <c>the string "abc"</c>.</param>
    /// <param name="detail">More, in brackets. Default: nothing.</param>
    public static ItemRefusedException Mismatch(
        string function, in Item item, string expected, string actual, string detail = "")
    {
        var more = detail.Length == 0 ? "" : $" ({detail})";
        return new ItemRefusedException(
            ErrorReasons.ItemTypeMismatch,
            $"{function} takes {expected}, {item.Name} is {actual}{more}",
            ("expected", expected),
            ("actual", actual));
    }

    /// <summary>The item is not what its encoding says.</summary>
    /// <param name="item">The item.</param>
    /// <param name="problem">What the parser said.</param>
    public static ItemRefusedException Malformed(in Item item, string problem)
    {
        var form = item.Encoding == Encoding.Protobuf ? "a protobuf message" : "JSON";
        return new ItemRefusedException(
            ErrorReasons.ItemMalformed, $"{item.Name} is not {form}: {problem} It is {Describe(item)}");
    }

    /// <summary>The right refusal of an item that a parser has thrown at.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item.</param>
    /// <param name="expected">What the function takes.</param>
    /// <param name="error">What the parser threw.</param>
    public static ItemRefusedException FromParser(string function, in Item item, string expected, Exception error)
    {
        if (item.Encoding == Encoding.Protobuf)
        {
            return Malformed(item, error.Message);
        }

        return JsonForm.IsWellFormed(item.Content.Span, out var problem)
            ? Mismatch(function, item, expected, Describe(item), Detail(error))
            : Malformed(item, problem);
    }

    /// <summary>Where inside of a value the trouble is, or what is wrong with a number; empty if all of it is.</summary>
    /// <param name="error">What the parser threw.</param>
    public static string Detail(Exception error) => error switch
    {
        // Where in the text the parser stood helps nobody: it is the type that is at fault.
        NotSupportedException => error.Message.Split(" | LineNumber")[0],
        InvalidOperationException => error.Message,
        JsonException { Path: { Length: > 1 } path } => $"at {path}",
        Google.Protobuf.InvalidProtocolBufferException => error.Message,
        _ => "",
    };

    /// <summary>An item in words, shortened.</summary>
    /// <param name="item">The item.</param>
    public static string Describe(in Item item) => item.Encoding == Encoding.Json
        ? DescribeJson(item.Content.Span)
        : $"{item.Content.Length} bytes";

    /// <summary>A JSON value in words, shortened, such as <c>the string "abc"</c>.</summary>
    /// <param name="json">The value as UTF-8 text.</param>
    public static string DescribeJson(ReadOnlySpan<byte> json)
    {
        json = json.Trim(" \t\r\n"u8);
        if (json.IsEmpty)
        {
            return "empty";
        }

        // A UTF-8 character has up to four bytes: no more is decoded than could be shown.
        var start = System.Text.Encoding.UTF8.GetString(json[..Math.Min(json.Length, ShownCharacters * 4)]);
        var text = start.Length <= ShownCharacters ? start : start[..ShownCharacters];
        var shown = text.Length == start.Length && json.Length <= ShownCharacters * 4 ? text : text + "…";
        return (char)json[0] switch
        {
            '"' => $"the string {shown}",
            '[' => $"the array {shown}",
            '{' => $"the object {shown}",
            '-' or (>= '0' and <= '9') => $"the number {shown}",
            _ => shown,
        };
    }
}
