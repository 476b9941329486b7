using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>Functions to try a pool with.</summary>
public static partial class GeneralFunctions
{
    /// <summary>Returns its item as it is, in any encoding.</summary>
    /// <param name="item">The item.</param>
    [WorkerFunction("echo", Summary = "Returns its item.")]
    public static EncodedItem Echo(EncodedItem item) => item;

    /// <summary>The number of words in a text: runs of characters that are not white space.</summary>
    /// <param name="text">The text.</param>
    [WorkerFunction("word_count", Summary = "The number of words in a string.")]
    public static int WordCount(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var count = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var isWord = !char.IsWhiteSpace(character);
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return count;
    }

    /// <summary>Which process runs the item.</summary>
    [WorkerFunction("process_info", Summary = "Which process runs the item.")]
    public static ProcessInfo DescribeProcess() => new(
        Environment.ProcessId,
        GetParentProcessId(),
        WorkerContext.Current.WorkerName,
        WorkerContext.Current.Incarnation);

    /// <summary>Always throws.</summary>
    /// <param name="message">The exception's message; of a value that is no string, its JSON text.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [WorkerFunction("fail", Summary = "Throws an exception with its item as message.")]
    public static void Fail(JsonElement message) => throw new InvalidOperationException(
        message.ValueKind == JsonValueKind.String ? message.GetString() : message.GetRawText());

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
