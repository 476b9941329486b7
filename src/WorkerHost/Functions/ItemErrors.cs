using WorkerPool.Protocol.Errors;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Turns what went wrong with an item into its error. Nothing in here throws, whatever an exception does.</summary>
internal static class ItemErrors
{
    private const int MaxMessageBytes = 8 << 10;
    private const int MaxStackTraceBytes = 16 << 10;

    /// <summary>An error.</summary>
    /// <param name="reason">One of <see cref="ErrorReasons"/>.</param>
    /// <param name="message">Sentences for a person; shortened to 8 KiB.</param>
    /// <param name="metadata">Values the reason comes with.</param>
    public static ItemError Create(string reason, string message, params IEnumerable<(string Key, string Value)> metadata)
    {
        var error = new ItemError { Reason = reason, Message = Shortened(message, MaxMessageBytes) };
        foreach (var (key, value) in metadata)
        {
            error.Metadata[key] = Shortened(value, MaxMessageBytes);
        }

        return error;
    }

    /// <summary>The error of an item or value that was refused.</summary>
    /// <param name="refusal">The refusal.</param>
    public static ItemError FromRefusal(ItemRefusedException refusal) =>
        Create(refusal.Reason, refusal.Message, refusal.Metadata);

    /// <summary>The error of an item whose function threw.</summary>
    /// <param name="thrown">What it threw.</param>
    public static ItemError FromFunction(Exception thrown)
    {
        var exception = ExceptionText.Unwrapped(thrown);
        var error = Create(ErrorReasons.FunctionFailed, ExceptionText.Message(exception));
        error.Type = exception.GetType().FullName ?? exception.GetType().Name;
        error.StackTrace = Shortened(ExceptionText.StackTrace(exception), MaxStackTraceBytes);
        return error;
    }

    /// <summary>The error of an item whose value could not be written.</summary>
    /// <param name="thrown">What the serialiser threw.</param>
    public static ItemError FromEncoder(Exception thrown) => thrown is OutOfMemoryException
        ? Create(ErrorReasons.ValueTooLarge, "The value is larger than a worker can hold.")
        : Create(ErrorReasons.ValueNotEncodable, $"The value cannot be encoded: {ExceptionText.Message(thrown)}");

    /// <summary>The error of an item whose value is above the limit.</summary>
    /// <param name="size">Size of the value, in bytes.</param>
    /// <param name="limit">The limit, in bytes.</param>
    public static ItemError ValueTooLarge(long size, long limit) => Create(
        ErrorReasons.ValueTooLarge,
        $"The value has {size} bytes, more than the pool's limit of {limit}. Return less, or raise the limit.",
        ("size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The error of an item that ran over its limit and ended after it was asked to.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="ran">How long it ran.</param>
    /// <param name="yielded">Whether it ended by an exception, in place of a value.</param>
    public static ItemError Timeout(TimeSpan limit, TimeSpan ran, bool yielded) => Create(
        ErrorReasons.ItemTimeout,
        yielded
            ? $"The item ran longer than its limit of {Seconds(limit)} and yielded to cancellation after {Seconds(ran)}."
            : $"The item ran longer than its limit of {Seconds(limit)}; its value came after {Seconds(ran)} and was dropped.",
        ("timeout", Seconds(limit)));

    private static string Seconds(TimeSpan time) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.######}s");

    /// <summary>Cuts a text between two characters, never inside of one.</summary>
    private static string Shortened(string text, int maxBytes)
    {
        // Protobuf refuses strings that are not well-formed UTF-16; exceptions may say anything.
        var utf8 = System.Text.Encoding.UTF8;
        if (utf8.GetByteCount(text) <= maxBytes)
        {
            return IsWellFormed(text) ? text : utf8.GetString(utf8.GetBytes(text));
        }

        var bytes = utf8.GetBytes(text);
        var end = maxBytes - 3;
        while ((bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return utf8.GetString(bytes, 0, end) + "…";
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
