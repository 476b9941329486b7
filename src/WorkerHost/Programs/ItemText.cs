using System.Text.Json;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Programs;

/// <summary>An item as a program sees it: a string as its text, any other JSON value as its JSON.</summary>
internal static class ItemText
{
    /// <summary>A value's text.</summary>
    /// <param name="value">The value.</param>
    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>What a program reads on stdin: a string's text, other JSON as it is, and other encodings as they are.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="ItemRefusedException">It is malformed.</exception>
    public static ReadOnlyMemory<byte> Bytes(in Item item)
    {
        if (item.Encoding != Encoding.Json)
        {
            return item.Content;
        }

        if (!JsonForm.IsWellFormed(item.Content.Span, out var problem))
        {
            throw Refusals.Malformed(item, problem);
        }

        var reader = new Utf8JsonReader(item.Content.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : item.Content;
    }
}
