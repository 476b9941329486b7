using System.Diagnostics;
using WorkerPool.V1;

namespace WorkerPool.WorkerHost.Session;

/// <summary>
/// Spans of chunks as workers run them: children of the Supervisor's, and the parents of what user code starts. There is one only where the
/// Supervisor traces the chunk and somebody listens in this process.
/// </summary>
internal static class WorkerTraces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "WorkerPool.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a chunk's span, which becomes the current one of the thread.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>The span; <c>null</c> when nobody wants it.</returns>
    public static Activity? StartChunk(QueuedChunk chunk)
    {
        if (chunk.Traceparent.Length == 0 || !ActivityContext.TryParse(chunk.Traceparent, chunk.Tracestate, isRemote: true, out var parent))
        {
            return null;
        }

        Activity.Current = null;
        return Source.StartActivity(ActivityKind.Server, parent, name: $"run {NameOf(chunk)}")?
            .SetTag("workerpool.function", NameOf(chunk))
            .SetTag("workerpool.chunk.first_index", (long)chunk.FirstIndex)
            .SetTag("workerpool.chunk.items", chunk.Count)
            .SetTag("workerpool.attempt", (long)chunk.Attempt);
    }

    /// <summary>Notes an item's error on the span of its chunk.</summary>
    /// <param name="span">The span, if there is one.</param>
    /// <param name="error">The error.</param>
    public static void NoteError(Activity? span, ItemError error)
    {
        if (span is null)
        {
            return;
        }

        span.SetStatus(ActivityStatusCode.Error, error.Reason);
        span.SetTag("error.type", error.Reason);
        span.AddEvent(new ActivityEvent("exception", tags: new ActivityTagsCollection
        {
            ["exception.type"] = error.Type.Length > 0 ? error.Type : error.Reason,
            ["exception.message"] = error.Message,
            ["workerpool.item"] = (long)error.Index,
        }));
    }

    private static string NameOf(QueuedChunk chunk) => chunk.Job.Function?.Name ?? "";
}
