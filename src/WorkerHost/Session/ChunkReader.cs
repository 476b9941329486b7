using WorkerPool.Protocol.Errors;
using WorkerPool.Protocol.Packing;
using WorkerPool.V1;
using WorkerPool.Worker.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Session;

/// <summary>Checks the chunks that come and makes them ready to run.</summary>
/// <param name="catalogue">The worker's functions.</param>
internal sealed class ChunkReader(FunctionCatalogue catalogue)
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
        if (chunk.Encoding == Encoding.Unspecified || chunk.ValueEncoding == Encoding.Unspecified)
        {
            throw RpcErrors.Invalid("chunks.chunks.encoding", $"{name} does not say its encodings.");
        }

        if (chunk.ItemTimeout is { } timeout && timeout.ToTimeSpan() <= TimeSpan.Zero)
        {
            throw RpcErrors.Invalid("chunks.chunks.item_timeout", $"{name} has an item timeout of {timeout.ToTimeSpan()}. It is above zero.");
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

        var function = Find(chunk, out var refusal);
        refusal ??= Refusal(chunk, function);
        return new QueuedChunk
        {
            Lease = chunk.Lease,
            Job = chunk.Job,
            FirstIndex = chunk.FirstIndex,
            Segments = segments,
            Count = (int)count,
            End = (int)count,
            Function = refusal is null ? function : null,
            Refusal = refusal,
            Encoding = chunk.Encoding,
            ValueEncoding = chunk.ValueEncoding,
            ItemTimeout = chunk.ItemTimeout?.ToTimeSpan(),
            Attempt = chunk.Attempt,
        };
    }

    private WorkerFunction? Find(Chunk chunk, out ItemError? refusal)
    {
        refusal = null;
        if (chunk.Method is not { } method)
        {
            return catalogue.Find(chunk.Function);
        }

        try
        {
            return catalogue.Find(chunk.Function, method);
        }
        catch (FunctionLibraryException error)
        {
            refusal = ItemErrors.Create(error.Reason, error.Message, ("function", chunk.Function));
            return null;
        }
    }

    private ItemError? Refusal(Chunk chunk, WorkerFunction? function)
    {
        if (function is null)
        {
            var near = NearName.Of(chunk.Function, catalogue.Functions.Select(f => f.Name));
            var hint = near is null ? "" : $" Did you mean \"{near}\"?";
            return ItemErrors.Create(
                ErrorReasons.UnknownFunction,
                $"The worker has no function \"{chunk.Function}\".{hint}",
                ("function", chunk.Function));
        }

        if (!function.Takes(chunk.Encoding))
        {
            return Mismatch(function.Name, "takes items", chunk.Encoding, function.Description.Encoding);
        }

        return function.Gives(chunk.ValueEncoding)
            ? null
            : Mismatch(function.Name, "gives values", chunk.ValueEncoding, function.Description.ValueEncoding);
    }

    private static ItemError Mismatch(string function, string verb, Encoding asked, Encoding native)
    {
        var own = native == Encoding.Json ? "" : $" and {native}";
        return ItemErrors.Create(
            ErrorReasons.EncodingMismatch,
            $"{function} {verb} as Json{own}, not as {asked}.",
            ("encoding", asked.ToString()));
    }
}
