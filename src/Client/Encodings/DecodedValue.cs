using WorkerPool.Client.Errors;

namespace WorkerPool.Client.Encodings;

/// <summary>Decodes a value; one that is not of the type wanted is its item's failure.</summary>
internal static class DecodedValue
{
    /// <summary>The value in the bytes of a result.</summary>
    /// <exception cref="ItemFailedException">They hold none of the type.</exception>
    public static TResult Of<TResult>(ValueDecoder<TResult> decoder, long index, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return decoder.Decode(bytes);
        }
        catch (Exception e)
        {
            throw Mismatch<TResult>(index, e);
        }
    }

    /// <summary>The failure of an item whose value is of another type than its caller wants.</summary>
    public static ItemFailedException Mismatch<TResult>(long index, Exception e) =>
        new(index, ClientReasons.ValueTypeMismatch, $"The value is not a {typeof(TResult).Name}: {e.Message}", e);
}
