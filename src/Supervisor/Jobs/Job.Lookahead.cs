namespace WorkerPool.Supervisor.Jobs;

/// <summary>How much of a job its client is to send before answers come.</summary>
internal sealed partial class Job
{
    private Lookahead? _lookahead;

    /// <summary>What is worth having of it, as of its last answer. For any thread.</summary>
    public Lookahead Lookahead => Volatile.Read(ref _lookahead)!;

    private void NoteLookahead()
    {
        var now = Lookahead.Of(_limits, WorkOrder.ChunkSize, _host.RunnerCount, _sizer.ItemBytes, _sizer.ItemNanoseconds);
        if (now != _lookahead)
        {
            Volatile.Write(ref _lookahead, now);
        }
    }
}
