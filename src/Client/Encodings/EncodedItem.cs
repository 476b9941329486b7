using System.Text.Json;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client.Encodings;

/// <summary>Encodes an item, or says why it fails on this side.</summary>
internal static class EncodedItem
{
    /// <summary>Encodes an item.</summary>
    /// <param name="encoder">Does it.</param>
    /// <param name="item">The item.</param>
    /// <param name="index">Its index in its job.</param>
    /// <param name="maxBytes">The largest the pool takes.</param>
    /// <param name="bytes">The item's bytes, valid until the encoder is used again.</param>
    /// <returns>The item's failure, or <c>null</c>.</returns>
    public static ItemFailedException? TryMake<TItem>(
        ItemEncoder<TItem> encoder, TItem item, long index, long maxBytes, out ReadOnlyMemory<byte> bytes)
    {
        try
        {
            bytes = encoder.Encode(item);
        }
        catch (Exception e)
        {
            bytes = default;
            return new ItemFailedException(index, ErrorReasons.ItemMalformed, Describe(item, e), e);
        }

        return bytes.Length <= maxBytes
            ? null
            : new ItemFailedException(
                index, ErrorReasons.ItemTooLarge, $"The item has {bytes.Length} bytes; the pool takes up to {maxBytes}.");
    }

    private static string Describe<TItem>(TItem item, Exception e) => item switch
    {
        JsonText { Problem: { } known } => known,
        JsonText when e is JsonException => $"The item is not one JSON value: {e.Message}",
        _ => $"The item cannot be encoded: {e.Message}",
    };
}
