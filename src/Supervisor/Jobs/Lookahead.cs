namespace WorkerPool.Supervisor.Jobs;

/// <summary>
/// How much of a job is worth having before answers come: what a client sends beyond both waits for a worker, and makes nothing
/// quicker. Of items that workers get through by many bytes a second it costs: memory that is written, read and collected
/// while it is no longer in a processor's cache. All others may fill the window.
/// </summary>
/// <param name="Items">Items that are not answered.</param>
/// <param name="Bytes">Their bytes.</param>
internal readonly record struct Lookahead(long Items, long Bytes)
{
    // The most bytes of a chunk.
    private const long BytesPerRunner = ChunkSizer.MaxBytes;

    // Of one worker as much as of two: while one runs, another comes.
    private const int LeastRunners = 2;

    // From there on copies count.
    private const double BytesPerSecond = 16 << 20;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>What a job is worth having.</summary>
    /// <param name="limits">What it may hold.</param>
    /// <param name="chunkSize">Items a chunk; <c>null</c>: the pool chooses.</param>
    /// <param name="runnerCount">Chunks that the workers that are up can run at once.</param>
    /// <param name="itemBytes">Bytes of an item.</param>
    /// <param name="itemNanoseconds">What one takes; <c>null</c>: that is not known yet.</param>
    public static Lookahead Of(JobLimits limits, int? chunkSize, int runnerCount, double itemBytes, double? itemNanoseconds)
    {
        var runners = Math.Max(LeastRunners, runnerCount);
        return itemBytes * runners * NanosecondsPerSecond < itemNanoseconds * BytesPerSecond
            ? new Lookahead(limits.WindowItems, limits.WindowBytes)
            : new Lookahead(
                Math.Min(limits.WindowItems, JobLimits.ItemsOfWholeChunks(chunkSize ?? 1, runners)),
                Math.Min(limits.WindowBytes, runners * BytesPerRunner));
    }
}
