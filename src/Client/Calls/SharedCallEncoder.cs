using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Calls;

/// <summary>Single calls, whose items are encoded already.</summary>
internal sealed class SharedCallEncoder(V1.Encoding encoding) : ItemEncoder<SharedCall>(encoding)
{
    public override ReadOnlyMemory<byte> Encode(SharedCall item) => item.Item;
}
