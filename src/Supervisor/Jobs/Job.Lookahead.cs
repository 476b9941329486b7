using System.Runtime.CompilerServices;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>How much of a job its client is to send before answers come.</summary>
internal sealed partial class Job
{
    // Made anew when it changes, and not with each answer.
    private StrongBox<Lookahead>? _lookahead;

    /// <summary>What is worth having of it, as of its last answer. For any thread.</summary>
    public Lookahead Lookahead => Volatile.Read(ref _lookahead)!.Value;

    private void NoteLookahead()
    {
        var now = Lookahead.Of(_limits, WorkOrder.ChunkSize, _host.RunnerCount, _sizer.ItemBytes, _sizer.ItemNanoseconds);
        if (now != _lookahead?.Value)
        {
            Volatile.Write(ref _lookahead, new StrongBox<Lookahead>(now));
        }
    }
}
