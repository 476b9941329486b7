using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>One try of an item whose earlier try failed: whoever runs it sets its outcome.</summary>
/// <param name="Alone">Whether it needs a worker to itself.</param>
internal sealed record Rerun(bool Alone)
{
    /// <summary>Set on the owner loop when the try is over.</summary>
    public TaskCompletionSource<TryOutcome> Outcome { get; } = new();
}

/// <summary>How a try of one item ended.</summary>
internal abstract record TryOutcome
{
    private TryOutcome()
    {
    }

    /// <summary>With a value.</summary>
    /// <param name="Run">The one value.</param>
    public sealed record Value(PackedRun Run) : TryOutcome;

    /// <summary>With an error from the worker.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failure(ItemError Error) : TryOutcome;

    /// <summary>With the loss of the worker's session, through one of several items that had run: this one is not charged, but
    /// runs alone next time.</summary>
    public sealed record Suspicion : TryOutcome;

    /// <summary>With the death of the worker, while the item was running.</summary>
    /// <param name="Worker">The worker's name and incarnation.</param>
    /// <param name="Certificate">What is known of the death.</param>
    public sealed record Crash(string Worker, Processes.DeathCertificate Certificate) : TryOutcome;

    /// <summary>With the death of a worker while the item was running, on an earlier stream of its job.</summary>
    public sealed record EarlierCrash : TryOutcome;
}
