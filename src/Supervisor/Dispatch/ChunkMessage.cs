using Google.Protobuf.WellKnownTypes;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>Jobs and their chunks as workers get them.</summary>
internal static class ChunkMessage
{
    /// <summary>What a worker is told of a job before its first chunk.</summary>
    /// <param name="source">The job.</param>
    public static JobSetup SetupOf(IWorkSource source)
    {
        var order = source.WorkOrder;
        var setup = new JobSetup
        {
            Job = source.Number,
            Function = order.Function,
            Encoding = order.Encoding,
            ValueEncoding = order.ValueEncoding,
            ItemTimeout = order.ItemTimeout is { } timeout ? Duration.FromTimeSpan(timeout) : null,
            Initializer = order.Initializer,
            Method = order.Method,
            ResultsWait = order.ResultsWait,
        };
        setup.Shared.AddRange(order.Shared?.Arguments ?? []);
        return setup;
    }

    /// <summary>The message for a chunk in flight.</summary>
    /// <param name="inFlight">The chunk and its lease.</param>
    public static Chunk From(InFlightChunk inFlight)
    {
        var chunk = inFlight.Chunk;
        var message = new Chunk
        {
            Lease = inFlight.Lease,
            Job = chunk.Source.Number,
            FirstIndex = chunk.FirstIndex,
            Attempt = (uint)chunk.Attempt,
        };
        if (inFlight.Span is { Id: { } span } traced)
        {
            message.Traceparent = span;
            message.Tracestate = traced.TraceStateString ?? "";
        }

        message.Segments.Capacity = chunk.Items.Segments.Count;
        foreach (var segment in chunk.Items)
        {
            message.Segments.Add(segment.ToMessage());
        }

        return message;
    }
}
