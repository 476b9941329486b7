using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// What the parts of a pool tell of their work to whoever measures it: once for a message or a chunk, never for an
/// item. Called on the owner loop, except what says otherwise. Nothing here waits.
/// </summary>
internal interface IPoolMeasurements
{
    /// <summary>A job was opened.</summary>
    /// <param name="job">The job.</param>
    void JobOpened(Job job);

    /// <summary>A job is over.</summary>
    /// <param name="job">The job.</param>
    /// <param name="ended">The job as it ended.</param>
    void JobEnded(Job job, JobSnapshot ended);

    /// <summary>Items were taken on.</summary>
    /// <param name="function">Their function.</param>
    /// <param name="items">How many.</param>
    /// <param name="bytes">Their bytes.</param>
    void Accepted(string function, int items, long bytes);

    /// <summary>Items were answered for good.</summary>
    /// <param name="function">Their function.</param>
    /// <param name="succeeded">How many with a value.</param>
    /// <param name="failed">How many with an error.</param>
    /// <param name="valueBytes">Bytes of the values.</param>
    void Answered(string function, int succeeded, int failed, long valueBytes);

    /// <summary>A worker takes chunks and has none.</summary>
    /// <param name="load">What it has.</param>
    void WorkerReady(WorkerLoad load);

    /// <summary>A worker was given a chunk.</summary>
    /// <param name="load">What it has, the chunk included.</param>
    /// <param name="chunk">The chunk.</param>
    void ChunkSent(WorkerLoad load, InFlightChunk chunk);

    /// <summary>A worker answered items of a chunk, or handed them back.</summary>
    /// <param name="load">What it has left.</param>
    /// <param name="chunk">The chunk, without them.</param>
    /// <param name="answered">Items answered.</param>
    /// <param name="returned">Items handed back, not started.</param>
    /// <param name="results">The message, with the times they took.</param>
    void ChunkAnswered(WorkerLoad load, InFlightChunk chunk, int answered, int returned, ChunkResults results);

    /// <summary>A worker is dead.</summary>
    /// <param name="load">What it had.</param>
    void WorkerLost(WorkerLoad load);

    /// <summary>A worker got ready. Called from any thread.</summary>
    /// <param name="took">From its launch until then.</param>
    void WorkerStarted(TimeSpan took);

    /// <summary>A worker has to be replaced. Called from any thread.</summary>
    /// <param name="cause">Why.</param>
    void WorkerRestarts(RestartCause cause);

    /// <summary>Where the time of all workers went so far. Called from any thread.</summary>
    WorkerTimeSums ReadWorkerTimes() => default;

    /// <summary>How long items of a function took so far, those of all jobs; <c>null</c> while none ran.</summary>
    /// <param name="function">The function.</param>
    TimeSummary? ReadTimesOf(string function) => null;
}
