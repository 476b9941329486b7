using System.Text.Json;
using Google.Protobuf;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>The call of a function that the item names. What goes wrong is that function's own error.</summary>
/// <param name="catalogue">The worker's functions.</param>
/// <param name="takesMethods">Whether an item may name a method of the caller's program in place of a function.</param>
internal sealed class MixedCall(FunctionCatalogue catalogue, bool takesMethods) : FunctionCall
{
    private const string Expected = "an object {function, item}, or an array of both";

    private CallStock? _calls;
    private FunctionCall? _call;

    /// <inheritdoc/>
    public override void Read(in Item item)
    {
        var (name, argument, method) = Parts(item);
        _calls = (method is null ? Function(name, item) : Method(name, method)).Calls;
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

    private WorkerFunction Function(string name, in Item item)
    {
        if (name == CallFunction.Name)
        {
            throw Refusals.Mismatch(CallFunction.Name, item, "the name of another function", "a call of itself");
        }

        return catalogue.Find(name) ?? throw NearName.Unknown(name, catalogue);
    }

    private WorkerFunction Method(string name, CallerMethod method)
    {
        try
        {
            return catalogue.Find(name, method);
        }
        catch (FunctionLibraryException error)
        {
            throw new ItemRefusedException(error.Reason, error.Message);
        }
    }

    private (string Function, ReadOnlyMemory<byte> Item, CallerMethod? Method) Parts(in Item item)
    {
        try
        {
            return Parsed(item.Content);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or InvalidProtocolBufferException)
        {
            throw Refusals.FromParser(CallFunction.Name, item, Expected, error);
        }
    }

    private (string Function, ReadOnlyMemory<byte> Item, CallerMethod? Method) Parsed(ReadOnlyMemory<byte> content)
    {
        CallerMethod? method = null;
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
                case "method" when takesMethods:
                    method = CallerMethod.Parser.ParseFrom(reader.GetBytesFromBase64());
                    break;
                default:
                    throw new JsonException();
            }
        }

        while (reader.Read())
        {
            // What follows the value, if anything, is for the parser to refuse.
        }

        return (function ?? throw new JsonException(), item, method);
    }
}
