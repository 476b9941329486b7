using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>A worker that is ready, as those see it who give it work. Nothing here waits. What it is told it hears after the next <see cref="Flush"/>.</summary>
public interface IWorker
{
    /// <summary>Who it is.</summary>
    WorkerIdentity Identity { get; }

    /// <summary>Tells it what a job is, before the job's first chunk.</summary>
    /// <param name="setup">What all chunks of the job have in common.</param>
    /// <param name="shared">The bytes of its shared arguments, in pieces; kept until they are sent, not copied.</param>
    void SetUp(JobSetup setup, IReadOnlyList<ReadOnlyMemory<byte>> shared);

    /// <summary>Sends a chunk of a job that was set up, after those sent before.</summary>
    /// <param name="chunk">The chunk.</param>
    void Send(Chunk chunk);

    /// <summary>Tells it that a job is over: its running item is to be cancelled, the others handed back, and the job
    /// forgotten.</summary>
    /// <param name="job">The job's number.</param>
    void Cancel(ulong job);

    /// <summary>Has it forget a job that is over, of which it has no items, when it is sent the next chunk.</summary>
    /// <param name="job">The job's number.</param>
    void Forget(ulong job);

    /// <summary>Asks for items at the end of a chunk that it has not started.</summary>
    /// <param name="reclaim">Which, and how many.</param>
    void Reclaim(Reclaim reclaim);

    /// <summary>What it was told so far is on its way from now.</summary>
    void Flush();

    /// <summary>Ends it at once.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    void Kill(string reason);

    /// <summary>Ends it, after a moment at the latest, and has its certificate say where an item was, if that can be had.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    /// <param name="lease">Lease of the item's chunk.</param>
    void KillStuck(string reason, ulong lease);

    /// <summary>Has it replaced; it goes on until its successor is ready.</summary>
    /// <param name="reason">Why, for its certificate.</param>
    void Recycle(string reason);

    /// <summary>Asks it to finish its items, hand back the rest and end.</summary>
    void Shutdown();
}
