using System.Text.Json;
using Google.Protobuf;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Encodings;

/// <summary>The arguments that all items of a job have in common: encoded once, sent at the start of each of its streams.</summary>
internal sealed class SharedArguments
{
    private const int MaxPieceBytes = 1 << 20;

    private readonly List<ReadOnlyMemory<byte>> _values = [];

    /// <summary>What they are, in the order of their bytes.</summary>
    public List<V1.SharedArgument> Arguments { get; } = [];

    /// <summary>Encodes arguments.</summary>
    /// <param name="values">The arguments, by name of the parameter.</param>
    /// <param name="function">The function; <c>null</c> if the pool is not known to have it, and will say so itself.</param>
    /// <exception cref="InvalidRequestException">One cannot be encoded, or its parameter does not take it.</exception>
    public static SharedArguments Encode(IReadOnlyDictionary<string, object?> values, FunctionInfo? function)
    {
        var shared = new SharedArguments();
        foreach (var (name, value) in values)
        {
            var parameter = function?.Parameters.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));
            var (encoding, bytes) = Encode(name, value, parameter);
            shared.Arguments.Add(new V1.SharedArgument { Name = parameter?.Name ?? name, Encoding = encoding, Size = (ulong)bytes.Length });
            shared._values.Add(bytes);
        }

        return shared;
    }

    /// <summary>Their bytes as messages, over the same memory.</summary>
    public IEnumerable<V1.MapStreamRequest> Pieces()
    {
        foreach (var value in _values)
        {
            for (var start = 0; start < value.Length; start += MaxPieceBytes)
            {
                var data = UnsafeByteOperations.UnsafeWrap(value.Slice(start, Math.Min(MaxPieceBytes, value.Length - start)));
                yield return new V1.MapStreamRequest { Shared = new V1.SharedPiece { Data = data } };
            }
        }
    }

    private static (V1.Encoding Encoding, ReadOnlyMemory<byte> Bytes) Encode(string name, object? value, FunctionParameter? parameter)
    {
        var own = parameter?.Encoding ?? FunctionEncoding.Any;
        switch (value)
        {
            case byte[] or ReadOnlyMemory<byte> or Memory<byte>:
                return own is FunctionEncoding.Raw or FunctionEncoding.Any
                    ? (V1.Encoding.Raw, value is byte[] array ? array : value is Memory<byte> memory ? memory : (ReadOnlyMemory<byte>)value)
                    : throw EncodingChoice.Mismatch($"The parameter {name} takes JSON ({parameter!.Type}); its shared value is {value.GetType().Name}.");
            case IMessage message when own is FunctionEncoding.Protobuf or FunctionEncoding.Any:
                return (V1.Encoding.Protobuf, message.ToByteArray());
            case IMessage message:
                return (V1.Encoding.Json, System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)));
            case JsonText text:
                return text.Check() is { } problem
                    ? throw new InvalidRequestException(ErrorReasons.SharedArgumentInvalid, $"The shared argument {name} is not one JSON value: {problem}")
                    : (V1.Encoding.Json, text.Utf8);
            default:
                return (V1.Encoding.Json, AsJson(name, value));
        }
    }

    private static byte[] AsJson(string name, object? value)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), JsonFormat.Options);
        }
        catch (Exception e)
        {
            throw new InvalidRequestException(
                ErrorReasons.SharedArgumentInvalid, $"The shared argument {name} cannot be encoded: {e.Message}", e);
        }
    }
}
