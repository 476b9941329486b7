namespace WorkerPool;

/// <summary>How the bytes of an <see cref="EncodedItem"/> are to be read.</summary>
public enum ItemEncoding
{
    /// <summary>UTF-8 JSON text, one value.</summary>
    Json = 1,

    /// <summary>Raw bytes.</summary>
    Raw = 2,

    /// <summary>One protobuf message in its binary form.</summary>
    Protobuf = 3,
}

/// <summary>
/// An item or a value as it travels: bytes and how to read them. A function that takes one takes items in any
/// encoding and undecoded; a function that returns one says itself how its value is encoded.
/// </summary>
/// <param name="Encoding">How to read <paramref name="Content"/>.</param>
/// <param name="Content">The bytes. They are valid until the function has returned.</param>
public readonly record struct EncodedItem(ItemEncoding Encoding, ReadOnlyMemory<byte> Content);
