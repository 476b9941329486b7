using System.Text.Json;
using Google.Protobuf;
using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>
/// Chooses how items and values travel, from their type and the function's signature, once a job.
/// </summary>
/// <remarks>
/// Bytes go only to functions that take raw bytes or anything. A message goes in binary to a function that takes it or
/// anything, and as protobuf's JSON to a function that takes JSON. Everything else goes as JSON; to a function of raw
/// bytes only where the type may hold any JSON value, which is then to be base64 text. Values likewise, except that a
/// value of JSON may be read as bytes, from base64 text.
/// </remarks>
internal static class EncodingChoice
{
    /// <summary>The encoder for items of a type.</summary>
    /// <param name="function">The function; <c>null</c> if the pool is not known to have it, and will say so itself.</param>
    /// <exception cref="InvalidRequestException">The function takes no items of that type.</exception>
    public static ItemEncoder<TItem> ForItems<TItem>(FunctionInfo? function)
    {
        var type = typeof(TItem);
        var own = function?.ItemEncoding ?? FunctionEncoding.Any;
        if (TypeTraits.IsBytes(type))
        {
            return own is FunctionEncoding.Raw or FunctionEncoding.Any ? Raw<TItem>() : throw MismatchOfItems(function!, type);
        }

        if (TypeTraits.MessageOf(type) is { } message)
        {
            return own switch
            {
                FunctionEncoding.Any => new MessageItemEncoder<TItem>(),
                FunctionEncoding.Protobuf when function!.ItemMessageType == message.FullName => new MessageItemEncoder<TItem>(),
                FunctionEncoding.Json => MessageAsJson<TItem>(),
                _ => throw MismatchOfItems(function!, type),
            };
        }

        if (own == FunctionEncoding.Raw && !TypeTraits.IsAnyJson(type))
        {
            throw MismatchOfItems(function!, type);
        }

        return Json<TItem>();
    }

    /// <summary>The decoder for values of a type.</summary>
    /// <param name="function">The function; <c>null</c> if the pool is not known to have it.</param>
    /// <param name="items">The encoding chosen for the items.</param>
    /// <exception cref="InvalidRequestException">The function's values cannot be read as that type.</exception>
    public static ValueDecoder<TResult> ForValues<TResult>(FunctionInfo? function, V1.Encoding items)
    {
        var type = typeof(TResult);
        var own = function?.ValueEncoding ?? FunctionEncoding.Json;
        if (own == FunctionEncoding.Any)
        {
            own = (FunctionEncoding)items;
        }

        if (TypeTraits.IsBytes(type))
        {
            return own switch
            {
                FunctionEncoding.Raw => new ValueDecoder<TResult>(V1.Encoding.Raw, BytesAs<TResult>()) { IsOverBytes = type == typeof(ReadOnlyMemory<byte>) },
                FunctionEncoding.Json => JsonValues<TResult>(),
                _ => throw MismatchOfValues(function!, type),
            };
        }

        if (TypeTraits.MessageOf(type) is { } message)
        {
            // A function of any encoding returned what it was given: its message type is not known beforehand.
            var isOwn = function?.ValueEncoding == FunctionEncoding.Any || function?.ValueMessageType == message.FullName;
            return own switch
            {
                FunctionEncoding.Protobuf when isOwn =>
                    new ValueDecoder<TResult>(V1.Encoding.Protobuf, bytes => (TResult)message.Parser.ParseFrom(bytes.Span)),
                FunctionEncoding.Json => new ValueDecoder<TResult>(
                    V1.Encoding.Json, bytes => (TResult)JsonParser.Default.Parse(System.Text.Encoding.UTF8.GetString(bytes.Span), message)),
                _ => throw MismatchOfValues(function!, type),
            };
        }

        if (own == FunctionEncoding.Raw && !TypeTraits.IsAnyJson(type))
        {
            throw MismatchOfValues(function!, type);
        }

        return JsonValues<TResult>();
    }

    internal static InvalidRequestException Mismatch(string message) => new(ErrorReasons.EncodingMismatch, message);

    private static ItemEncoder<TItem> Json<TItem>()
    {
        if (UncarriedTypes.Of(typeof(TItem), isRead: false) is { } problem)
        {
            throw Mismatch($"The items are of type {problem}.");
        }

        return typeof(TItem) == typeof(JsonText)
            ? (ItemEncoder<TItem>)(object)new JsonTextItemEncoder()
            : JsonItemEncoder<TItem>.OfType();
    }

    private static JsonItemEncoder<TItem> MessageAsJson<TItem>() =>
        new((writer, item) => writer.WriteRawValue(JsonFormatter.Default.Format((IMessage)item!)));

    private static RawItemEncoder<TItem> Raw<TItem>()
    {
        if (typeof(TItem) == typeof(byte[]))
        {
            return new RawItemEncoder<TItem>(item => (byte[])(object)item!);
        }

        Delegate bytesOf = typeof(TItem) == typeof(Memory<byte>)
            ? (Func<Memory<byte>, ReadOnlyMemory<byte>>)(item => item)
            : (Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>)(item => item);
        return new RawItemEncoder<TItem>((Func<TItem, ReadOnlyMemory<byte>>)bytesOf);
    }

    private static ValueDecoder<TResult> JsonValues<TResult>()
    {
        if (typeof(TResult) == typeof(JsonText))
        {
            Func<ReadOnlyMemory<byte>, JsonText> asText = bytes => new JsonText(bytes);
            return new ValueDecoder<TResult>(V1.Encoding.Json, (Func<ReadOnlyMemory<byte>, TResult>)(object)asText) { IsOverBytes = true };
        }

        if (UncarriedTypes.Of(typeof(TResult), isRead: true) is { } problem)
        {
            throw Mismatch($"The results are wanted as {problem}.");
        }

        var type = JsonFormat.TypeInfo<TResult>();
        return new ValueDecoder<TResult>(
            V1.Encoding.Json,
            bytes => JsonIntegers.TryRead<TResult>(bytes.Span, out var integer) ? integer : JsonSerializer.Deserialize(bytes.Span, type)!);
    }

    private static Func<ReadOnlyMemory<byte>, TResult> BytesAs<TResult>()
    {
        Delegate decode = typeof(TResult) == typeof(byte[])
            ? (Func<ReadOnlyMemory<byte>, byte[]>)ArrayOf
            : typeof(TResult) == typeof(Memory<byte>)
                ? (Func<ReadOnlyMemory<byte>, Memory<byte>>)(bytes => ArrayOf(bytes))
                : (Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>)(bytes => bytes);
        return (Func<ReadOnlyMemory<byte>, TResult>)decode;
    }

    // All of it is written: it need not be cleared before.
    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes)
    {
        var array = GC.AllocateUninitializedArray<byte>(bytes.Length);
        bytes.CopyTo(array);
        return array;
    }

    private static InvalidRequestException MismatchOfItems(FunctionInfo function, Type type) =>
        Mismatch($"{function.Signature} takes {Words(function.ItemEncoding, function.ItemMessageType)}; the items are of type {type.Name}.");

    private static InvalidRequestException MismatchOfValues(FunctionInfo function, Type type) =>
        Mismatch($"{function.Signature} returns {Words(function.ValueEncoding, function.ValueMessageType)}; "
            + $"the results are wanted as {type.Name}.");

    private static string Words(FunctionEncoding encoding, string messageType) => encoding switch
    {
        FunctionEncoding.Json => "JSON",
        FunctionEncoding.Raw => "raw bytes",
        FunctionEncoding.Protobuf => $"the protobuf message {messageType}",
        _ => "any encoding",
    };
}
