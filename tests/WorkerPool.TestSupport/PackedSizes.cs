using System.Buffers.Binary;
using Google.Protobuf;

namespace WorkerPool.TestSupport;

/// <summary>Sizes of packed items as they travel, for messages that are put together by hand, also wrongly.</summary>
public static class PackedSizes
{
    /// <summary>The bytes of sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    public static ByteString Of(params ReadOnlySpan<uint> sizes)
    {
        var bytes = new byte[sizes.Length * sizeof(uint)];
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), sizes[i]);
        }

        return ByteString.CopyFrom(bytes);
    }

    /// <summary>The sizes in bytes that came.</summary>
    /// <param name="sizes">The bytes.</param>
    public static uint[] Read(ByteString sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var read = new uint[sizes.Length / sizeof(uint)];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = BinaryPrimitives.ReadUInt32LittleEndian(sizes.Span[(i * sizeof(uint))..]);
        }

        return read;
    }
}
