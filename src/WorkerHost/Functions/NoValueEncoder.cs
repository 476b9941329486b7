using System.Buffers;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Answers <c>null</c> for functions without a result.</summary>
internal sealed class NoValueEncoder : ValueEncoder<NoValue>
{
    /// <inheritdoc/>
    public override void Encode(NoValue value, Encoding encoding, ValueBuffer target) => target.Bytes.Write("null"u8);
}
