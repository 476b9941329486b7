using Google.Protobuf;

namespace WorkerPool.Client.Encodings;

/// <summary>Items that are protobuf messages, in the binary form.</summary>
internal sealed class MessageItemEncoder<TItem>() : ItemEncoder<TItem>(V1.Encoding.Protobuf)
{
    private readonly ScratchBuffer _scratch = new();

    public override ReadOnlyMemory<byte> Encode(TItem item) =>
        item is IMessage message ? _scratch.Write(message) : throw new ArgumentNullException(nameof(item), "The item is null.");
}
