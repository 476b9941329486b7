using System.Text.Json;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>The call of a function that the item names. What goes wrong is that function's own error.</summary>
/// <param name="catalogue">The worker's functions.</param>
internal sealed class MixedCall(FunctionCatalogue catalogue) : FunctionCall
{
    private const string Expected = "an object {function, item}, or an array of both";

    private CallStock? _calls;
    private FunctionCall? _call;

    /// <inheritdoc/>
    public override void Read(in Item item)
    {
        var (name, argument) = Parts(item);
        if (name == CallFunction.Name)
        {
            throw Refusals.Mismatch(CallFunction.Name, item, "the name of another function", "a call of itself");
        }

        if (catalogue.Find(name) is not { } function)
        {
            throw NearName.Unknown(name, catalogue);
        }

        _calls = function.Calls;
        _call = _calls.Take();
        _call.Read(new Item(item.Index, Encoding.Json, argument));
    }

    /// <inheritdoc/>
    public override void ReadList(in Item list) => Read(list);

    /// <inheritdoc/>
    public override void Invoke(long maxValueBytes, CancellationToken token) => _call!.Invoke(maxValueBytes, token);

    /// <inheritdoc/>
    public override void Write(Encoding encoding, ValueBuffer target) => _call!.Write(encoding, target);

    /// <inheritdoc/>
    public override void Clear()
    {
        if (_call is { } call)
        {
            call.Clear();
            _calls!.Return(call);
            _call = null;
        }
    }

    private static (string Function, ReadOnlyMemory<byte> Item) Parts(in Item item)
    {
        try
        {
            return Parsed(item.Content);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Refusals.FromParser(CallFunction.Name, item, Expected, error);
        }
    }

    private static (string Function, ReadOnlyMemory<byte> Item) Parsed(ReadOnlyMemory<byte> content)
    {
        string? function = null;
        ReadOnlyMemory<byte> item = "null"u8.ToArray();
        var reader = new Utf8JsonReader(content.Span);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!isObject && reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var position = 0;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var name = isObject ? reader.GetString() : position switch { 0 => "function", 1 => "item", _ => "" };
            position++;
            if (isObject)
            {
                reader.Read();
            }

            switch (name)
            {
                case "function":
                    function = reader.GetString();
                    break;
                case "item":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    item = content[start..(int)reader.BytesConsumed];
                    break;
                default:
                    throw new JsonException();
            }
        }

        while (reader.Read())
        {
            // What follows the value, if anything, is for the parser to refuse.
        }

        return (function ?? throw new JsonException(), item);
    }
}
