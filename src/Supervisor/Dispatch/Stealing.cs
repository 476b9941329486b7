using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// What to ask back from busy workers, so that an item that has not started is not left behind a long one while
/// another worker idles, nor a new job behind a huge one. Until a worker hands items back they are its. Pure.
/// </summary>
internal static class Stealing
{
    /// <summary>What to take from whoever has the most to do, about half of it, for one idle runner.</summary>
    /// <param name="loads">The workers.</param>
    /// <param name="worthNanoseconds">The work that is worth the messages.</param>
    /// <param name="isShareable">Whether one more worker may have items of a source.</param>
    /// <returns>What to ask back; empty when nothing is worth it.</returns>
    public static IReadOnlyList<Theft> ForIdle(
        IEnumerable<WorkerLoad> loads, double worthNanoseconds, Func<IWorkSource, bool> isShareable)
    {
        IReadOnlyList<Theft> best = [];
        var most = 0.0;
        foreach (var load in loads)
        {
            // First what costs nothing: this is asked after each burst of events, of every worker.
            if (load.IsEmpty || load.Nanoseconds < Math.Max(worthNanoseconds, most) || load.InFlight.Any(chunk => chunk.IsReclaimed))
            {
                continue;
            }

            var thefts = HalfOf(load, isShareable);
            var worth = thefts.Sum(theft => theft.Chunk.ExpectedItemNanoseconds * theft.Reclaim.Count);
            if (thefts.Count > 0 && worth >= worthNanoseconds && worth > most)
            {
                most = worth;
                best = thefts;
            }
        }

        return best;
    }

    /// <summary>All that has not started of a worker, so that it is free after its item; the one with the most.</summary>
    /// <param name="loads">The workers.</param>
    /// <returns>What to ask back; empty when no worker has more than the item it runs.</returns>
    public static IReadOnlyList<Theft> ForWaitingJob(IEnumerable<WorkerLoad> loads)
    {
        IReadOnlyList<Theft> best = [];
        var most = 0.0;
        foreach (var load in loads.Where(load => !load.InFlight.Any(chunk => chunk.IsReclaimed)))
        {
            if (load.Nanoseconds > most && AllOf(load) is { Count: > 0 } all)
            {
                most = load.Nanoseconds;
                best = all;
            }
        }

        return best;
    }

    private static List<Theft> AllOf(WorkerLoad load) =>
    [
        .. load.InFlight.OrderBy(chunk => chunk.Lease)
            .Select((chunk, position) => Take(load, chunk, Unstarted(chunk, isRunning: position < load.Concurrency)))
            .OfType<Theft>(),
    ];

    private static List<Theft> HalfOf(WorkerLoad load, Func<IWorkSource, bool> isShareable)
    {
        var chunks = load.InFlight.OrderBy(chunk => chunk.Lease).ToList();
        var taken = new List<Theft>();
        var left = load.Nanoseconds;
        for (var position = chunks.Count - 1; position >= 0; position--)
        {
            var chunk = chunks[position];
            if (!isShareable(chunk.Chunk.Source))
            {
                continue;
            }

            var isRunning = position < load.Concurrency;
            if (isRunning && taken.Count > 0)
            {
                break;
            }

            var unstarted = Unstarted(chunk, isRunning);
            if (Take(load, chunk, isRunning ? (unstarted + 1) / 2 : unstarted) is { } theft)
            {
                taken.Add(theft);
                left -= chunk.ExpectedNanoseconds;
            }

            if (left <= load.Nanoseconds / 2 && taken.Count > 0)
            {
                break;
            }
        }

        return taken;
    }

    // Of a chunk that is running one item runs, as far as is known here; the worker knows better.
    private static int Unstarted(InFlightChunk chunk, bool isRunning) =>
        !isRunning ? chunk.UnansweredCount
        : chunk.Chunk.Source.WorkOrder.FixedChunks ? 0
        : chunk.UnansweredCount - 1;

    private static Theft? Take(WorkerLoad load, InFlightChunk chunk, int count) =>
        count <= 0 || chunk.Chunk.Rerun is not null
            ? null
            : new Theft(load, chunk, new Reclaim
            {
                Lease = chunk.Lease,
                Count = (uint)count,
                UnbegunOnly = chunk.Chunk.Source.WorkOrder.FixedChunks,
            });
}

/// <summary>Items to ask back.</summary>
/// <param name="Load">Who has them.</param>
/// <param name="Chunk">Their chunk.</param>
/// <param name="Reclaim">The request.</param>
internal readonly record struct Theft(WorkerLoad Load, InFlightChunk Chunk, Reclaim Reclaim);
