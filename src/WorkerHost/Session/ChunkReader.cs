using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.Worker.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Checks the chunks that come and makes them ready to run.</summary>
/// <param name="jobs">The jobs that were set up.</param>
internal sealed class ChunkReader(HeldJobs jobs)
{
    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">The message.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the message is malformed.</exception>
    public QueuedChunk Read(Chunk chunk)
    {
        if (chunk.Lease == 0)
        {
            throw RpcErrors.Invalid("chunks.chunks.lease", "A chunk came without a lease. Leases are 1 and up.");
        }

        var name = $"The chunk with lease {chunk.Lease}";
        var job = jobs.Find(chunk.Job)
            ?? throw RpcErrors.Invalid("chunks.chunks.job", $"{name} is of job {chunk.Job}, which was not set up or is over.");
        if (job.Shared is { IsComplete: false })
        {
            throw RpcErrors.Invalid("chunks.chunks.job", $"{name} is of job {chunk.Job}, whose shared arguments have not come whole.");
        }

        var segments = new List<PackedRun>(chunk.Segments.Count);
        var count = 0L;
        foreach (var segment in chunk.Segments)
        {
            if (!PackedRun.TryRead(segment, out var run, out var problem))
            {
                throw RpcErrors.Invalid("chunks.chunks.segments", $"{name} is malformed: {problem}.");
            }

            segments.Add(run);
            count += run.Count;
        }

        if (count is 0 or > int.MaxValue)
        {
            throw RpcErrors.Invalid("chunks.chunks.segments", $"{name} has {count} items. A chunk has 1 to {int.MaxValue}.");
        }

        return new QueuedChunk
        {
            Lease = chunk.Lease,
            Job = job,
            FirstIndex = chunk.FirstIndex,
            Segments = segments,
            Count = (int)count,
            End = (int)count,
            Attempt = chunk.Attempt,
            Traceparent = chunk.Traceparent,
            Tracestate = chunk.Tracestate,
        };
    }
}
