using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Which encoding is a type's own, and who reads and writes it.</summary>
internal static class Codecs
{
    /// <summary>The encoding of its own that a type has: JSON for most, unspecified for any.</summary>
    /// <param name="type">Type of a parameter or value.</param>
    public static Encoding Native(Type type) => type switch
    {
        _ when type == typeof(EncodedItem) => Encoding.Unspecified,
        _ when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) => Encoding.Raw,
        _ when ProtobufTypes.IsMessage(type) => Encoding.Protobuf,
        _ => Encoding.Json,
    };

    /// <summary>The <see cref="ItemDecoder{T}"/> of a type.</summary>
    /// <param name="type">Type of a parameter.</param>
    /// <exception cref="NotSupportedException">System.Text.Json cannot read the type.</exception>
    public static object Decoder(Type type) => Native(type) switch
    {
        Encoding.Unspecified => new EncodedItemDecoder(),
        Encoding.Raw => type == typeof(byte[]) ? new ByteArrayDecoder() : new ByteMemoryDecoder(),
        Encoding.Protobuf => Make(typeof(MessageDecoder<>), type),
        _ => Make(typeof(JsonItemDecoder<>), type),
    };

    /// <summary>The <see cref="ValueEncoder{T}"/> of a type.</summary>
    /// <param name="type">Type of a value.</param>
    /// <exception cref="NotSupportedException">System.Text.Json cannot write the type.</exception>
    public static object Encoder(Type type) => Native(type) switch
    {
        _ when type == typeof(NoValue) => new NoValueEncoder(),
        Encoding.Unspecified => new EncodedItemEncoder(),
        Encoding.Raw => type == typeof(byte[]) ? new ByteArrayEncoder() : new ByteMemoryEncoder(),
        Encoding.Protobuf => Make(typeof(MessageEncoder<>), type),
        _ => Make(typeof(JsonValueEncoder<>), type),
    };

    private static object Make(Type definition, Type type)
    {
        try
        {
            return Activator.CreateInstance(definition.MakeGenericType(type))!;
        }
        catch (System.Reflection.TargetInvocationException error) when (error.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
