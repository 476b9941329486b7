using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client;

/// <summary>
/// A JSON value as UTF-8 text, passed along as it is: as an item it is sent undecoded (after a check that it is one
/// JSON value), as a result it is what the pool sent.
/// </summary>
[JsonConverter(typeof(JsonTextConverter))]
public readonly struct JsonText : IEquatable<JsonText>
{
    private static readonly byte[] NullText = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly bool _isGiven;
    private readonly bool _isChecked;

    /// <summary>A JSON value.</summary>
    /// <param name="utf8">Its UTF-8 text; kept, not copied. Checked when it is sent.</param>
    public JsonText(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        _isGiven = true;
    }

    /// <summary>A JSON value.</summary>
    /// <param name="text">Its text. Checked when it is sent.</param>
    public JsonText(string text)
        : this(System.Text.Encoding.UTF8.GetBytes(text))
    {
    }

    private JsonText(ReadOnlyMemory<byte> utf8, string? problem)
    {
        _utf8 = utf8;
        Problem = problem;
        _isGiven = true;
        _isChecked = true;
    }

    /// <summary>Its UTF-8 text. For the default of this type that of <c>null</c>.</summary>
    public ReadOnlyMemory<byte> Utf8 => _isGiven ? _utf8 : NullText;

    /// <summary>Why there is no value, or <c>null</c> if there is one.</summary>
    public string? Problem { get; }

    /// <summary>Checks a text now, so that it need not be checked when it is sent.</summary>
    /// <param name="utf8">UTF-8 text; kept, not copied.</param>
    /// <param name="text">The JSON value, if it is one.</param>
    /// <param name="problem">What is wrong with the text, if it is none.</param>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonText text, [NotNullWhen(false)] out string? problem)
    {
        problem = JsonFormat.ProblemOf(utf8.Span);
        text = problem is null ? new JsonText(utf8, null) : default;
        return problem is null;
    }

    /// <summary>
    /// An item that is known not to be one, such as a broken line of a file. It takes an index like any other and
    /// fails by itself with reason <c>ITEM_MALFORMED</c>.
    /// </summary>
    /// <param name="problem">What is wrong with it, for a person.</param>
    public static JsonText Unreadable(string problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(problem);
        return new JsonText(default, problem);
    }

    /// <summary>What is wrong with it as an item; <c>null</c> if nothing is.</summary>
    internal string? Check() => _isChecked ? Problem : JsonFormat.ProblemOf(Utf8.Span);

    /// <summary>Whether two texts are the same, byte for byte.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(JsonText left, JsonText right) => left.Equals(right);

    /// <summary>Whether two texts differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(JsonText left, JsonText right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(JsonText other) => Problem == other.Problem && Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Problem);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The text.</summary>
    public override string ToString() => Problem ?? System.Text.Encoding.UTF8.GetString(Utf8.Span);
}
