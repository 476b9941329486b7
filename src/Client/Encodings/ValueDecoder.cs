namespace WorkerPool.Client.Encodings;

/// <summary>Decodes the values of one job.</summary>
/// <param name="encoding">What the bytes are.</param>
/// <param name="decode">The value in the bytes of one result; throws if they hold none of the type.</param>
internal sealed class ValueDecoder<TResult>(V1.Encoding encoding, Func<ReadOnlyMemory<byte>, TResult> decode)
{
    /// <summary>What the pool is asked to send.</summary>
    public V1.Encoding Encoding { get; } = encoding;

    /// <summary>Whether a value goes on using the bytes it was decoded from. Default: no, what it needs of them is copied.</summary>
    public bool IsOverBytes { get; init; }

    /// <summary>The value in the bytes of one result.</summary>
    public TResult Decode(ReadOnlyMemory<byte> bytes) => decode(bytes);
}
