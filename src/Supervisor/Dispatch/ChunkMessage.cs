using Google.Protobuf.WellKnownTypes;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>A chunk as its worker gets it.</summary>
internal static class ChunkMessage
{
    /// <summary>The message for a chunk in flight.</summary>
    /// <param name="inFlight">The chunk and its lease.</param>
    public static Chunk From(InFlightChunk inFlight)
    {
        var chunk = inFlight.Chunk;
        var order = chunk.Source.WorkOrder;
        var message = new Chunk
        {
            Lease = inFlight.Lease,
            Job = chunk.Source.Number,
            Function = order.Function,
            FirstIndex = chunk.FirstIndex,
            Encoding = order.Encoding,
            ValueEncoding = order.ValueEncoding,
            ItemTimeout = order.ItemTimeout is { } timeout ? Duration.FromTimeSpan(timeout) : null,
            Attempt = (uint)chunk.Attempt,
            Method = order.Method,
        };
        foreach (var segment in chunk.Items.Segments)
        {
            message.Segments.Add(segment.ToMessage());
        }

        return message;
    }
}
