using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkerPool.Client;

namespace WorkerPool.Cli.Input;

/// <summary>A word of the command line as an item: JSON, or else a string.</summary>
internal static class ItemWord
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The item a word stands for.</summary>
    public static JsonText Parse(string word) => JsonText.TryParse(Encoding.UTF8.GetBytes(word), out var text, out _)
        ? text
        : new JsonText(JsonSerializer.SerializeToUtf8Bytes(word, Relaxed));

    /// <summary>Whether a word that begins like an option is a number, and so an item.</summary>
    public static bool IsNegativeNumber(string word) =>
        word.StartsWith('-') && JsonText.TryParse(Encoding.UTF8.GetBytes(word), out _, out _);

    /// <summary>The item of a call, from the words given as its arguments.</summary>
    /// <param name="words">The words.</param>
    /// <param name="parameterCount">Number of the function's parameters.</param>
    public static JsonText ForCall(IReadOnlyList<string> words, int parameterCount)
    {
        var arguments = words.Select(Parse).ToArray();
        if (arguments.Length == 0)
        {
            return default;
        }

        var isWhole = arguments.Length == 1 && (parameterCount < 2 || arguments[0].Utf8.Span.TrimStart(" \t\r\n"u8)[0] is (byte)'[' or (byte)'{');
        return isWhole ? arguments[0] : new JsonText(JsonSerializer.SerializeToUtf8Bytes(arguments, Relaxed));
    }
}
