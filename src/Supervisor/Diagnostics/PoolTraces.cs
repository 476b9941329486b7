using System.Diagnostics;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.Supervisor.Jobs;
using WorkerPool.Supervisor.Workers;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>
/// Spans of jobs and their chunks. A chunk has a span only if its job has one, so that nobody who does not listen
/// pays for more than a null check. On the owner loop, which has no current activity and is left without one.
/// </summary>
internal static class PoolTraces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "WorkerPool.Supervisor";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>Starts a job's span, as a child of its caller's, or as a root.</summary>
    /// <param name="job">The job.</param>
    /// <returns>The span; <c>null</c> when nobody wants it.</returns>
    public static Activity? StartJob(Job job)
    {
        if (!AreWanted)
        {
            return null;
        }

        var spec = job.Spec;
        return Start($"{(spec.IsApply ? "apply" : "map")} {spec.WorkOrder.Function}", ActivityKind.Server, spec.CallerSpan)?
            .SetTag("workerpool.job", job.Id)
            .SetTag("workerpool.function", spec.WorkOrder.Function)
            .SetTag("workerpool.order", spec.IsOrdered ? "input" : "completion")
            .SetTag("workerpool.label", spec.Label.Length > 0 ? spec.Label : null);
    }

    /// <summary>Ends a job's span.</summary>
    /// <param name="span">The span, if it has one.</param>
    /// <param name="ended">The job as it ended.</param>
    public static void EndJob(Activity? span, JobSnapshot ended)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("workerpool.outcome", OutcomeOf(ended))
            .SetTag("workerpool.items.accepted", ended.Ledger.Accepted)
            .SetTag("workerpool.items.succeeded", ended.Ledger.Succeeded)
            .SetTag("workerpool.items.failed", ended.Ledger.Failed)
            .SetTag("workerpool.items.cancelled", ended.Ledger.Cancelled);
        if (ended.Failure is { } failure)
        {
            span.SetTag("error.type", failure.Reason).SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        span.Stop();
    }

    /// <summary>How a job ended, in a word.</summary>
    /// <param name="ended">The job as it ended.</param>
    public static string OutcomeOf(JobSnapshot ended) => ended.State switch
    {
        JobState.Completed => "completed",
        JobState.Stopped => "stopped",
        JobState.Cancelled => "cancelled",
        _ => "failed",
    };

    /// <summary>Starts a chunk's span. Its numbers are signed: others are sent as text.</summary>
    /// <param name="job">Its job's.</param>
    /// <param name="worker">Who has it.</param>
    /// <param name="chunk">The chunk.</param>
    public static Activity? StartChunk(Activity job, IWorker worker, InFlightChunk chunk) =>
        Start("chunk", ActivityKind.Client, job.Context)?
            .SetTag("workerpool.worker", worker.Identity.Name)
            .SetTag("workerpool.worker.incarnation", (long)worker.Identity.Incarnation)
            .SetTag("workerpool.chunk.first_index", (long)chunk.Chunk.FirstIndex)
            .SetTag("workerpool.chunk.items", chunk.Chunk.Items.Count)
            .SetTag("workerpool.attempt", chunk.Chunk.Attempt);

    /// <summary>Ends the span of a chunk whose items are answered or handed back.</summary>
    /// <param name="span">The span, if it has one.</param>
    public static void EndChunk(Activity? span) => span?.Stop();

    /// <summary>Ends the span of a chunk whose worker died.</summary>
    /// <param name="span">The span, if it has one.</param>
    /// <param name="unanswered">Items without an answer.</param>
    public static void LoseChunk(Activity? span, int unanswered) => span?
        .SetTag("workerpool.items.lost", unanswered)
        .SetStatus(ActivityStatusCode.Error, "The worker died.")
        .Stop();

    // Starting makes it the current activity, of which the loop must have none: the next span would become its child.
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        Activity.Current = null;
        var span = Source.StartActivity(kind, parent, name: name);
        Activity.Current = null;
        return span;
    }
}
