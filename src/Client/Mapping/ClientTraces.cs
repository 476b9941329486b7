using System.Diagnostics;
using Grpc.Core;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// Spans of maps as their caller sees them, from the call to the last result. Each stream that a map is carried on is a child: where a
/// connection broke there are several.
/// </summary>
internal static class ClientTraces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "WorkerPool.Client";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a map's span, which becomes the current one of the asynchronous call.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="isApply">Whether these are single calls of several callers, which have no span together.</param>
    /// <param name="label">What people call the map.</param>
    /// <returns>The span; <c>null</c> when nobody wants it.</returns>
    public static Activity? StartMap(string function, bool isApply, string label) => isApply
        ? null
        : Source.StartActivity($"map {function}", ActivityKind.Client)?
            .SetTag("workerpool.function", function)
            .SetTag("workerpool.label", label.Length > 0 ? label : null);

    /// <summary>
    /// What tells the pool of a map's span. The client of HTTP would name a span of its own, which most programs never record: then
    /// what the pool traces would have a parent that is nowhere.
    /// </summary>
    /// <param name="span">The current span.</param>
    /// <returns><c>null</c>: it is none of ours, and HTTP names what there is.</returns>
    public static Metadata? HeadersOf(Activity? span)
    {
        if (span?.Source != Source || span.Id is not { } id)
        {
            return null;
        }

        var headers = new Metadata { { "traceparent", id } };
        if (span.TraceStateString is { Length: > 0 } state)
        {
            headers.Add("tracestate", state);
        }

        return headers;
    }

    /// <summary>Ends it.</summary>
    /// <param name="span">The span, if there is one.</param>
    /// <param name="jobId">Id of the job that was open last; empty, if none was.</param>
    /// <param name="failure">Why the map failed; <c>null</c> if it did not.</param>
    public static void EndMap(Activity? span, string jobId, Exception? failure)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("workerpool.job", jobId.Length > 0 ? jobId : null);
        if (failure is not null)
        {
            span.SetTag("error.type", failure is WorkerPoolException { Reason: { Length: > 0 } reason } ? reason : failure.GetType().FullName)
                .SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        span.Dispose();
    }
}
