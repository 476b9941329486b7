using System.Globalization;
using System.Text.Json;

namespace WorkerPool.Protocol.Errors;

/// <summary>What is wrong with a JSON text, in words.</summary>
public static class JsonProblem
{
    // System.Text.Json adds these to what it says; they speak to programmers.
    private const string Position = " LineNumber:";
    private const string Advice = " Change the reader options";

    /// <summary>What is wrong, and once where, counted from 1.</summary>
    /// <param name="error">What the parser threw.</param>
    public static string Describe(JsonException error)
    {
        var what = error.Message.Split(Position)[0].TrimEnd('.');
        what = what.EndsWith(Advice, StringComparison.Ordinal) ? what[..^Advice.Length].TrimEnd('.') : what;
        return (error.LineNumber, error.BytePositionInLine) switch
        {
            (0, { } at) => string.Create(CultureInfo.InvariantCulture, $"{what}, at byte {at + 1}."),
            ({ } line, { } at) => string.Create(CultureInfo.InvariantCulture, $"{what}, at byte {at + 1} of line {line + 1}."),
            _ => what + ".",
        };
    }
}
