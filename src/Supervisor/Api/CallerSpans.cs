using System.Diagnostics;
using Grpc.Core;
using WorkerPool.Supervisor.Diagnostics;

namespace WorkerPool.Supervisor.Api;

/// <summary>Finds the span that a call belongs to.</summary>
internal static class CallerSpans
{
    /// <summary>The span of the server's request where that is traced, or else the one that the caller named in
    /// traceparent; the default when there is none or nobody traces jobs.</summary>
    /// <param name="call">The call.</param>
    public static ActivityContext Of(ServerCallContext call)
    {
        if (!PoolTraces.AreWanted)
        {
            return default;
        }

        // The server makes activities for its logs as well, of no source: a span below one of those would have a
        // parent that nobody ever sees.
        if (Activity.Current is { IsAllDataRequested: true, Source.Name.Length: > 0 } request)
        {
            return request.Context;
        }

        var parent = call.RequestHeaders.GetValue("traceparent");
        return ActivityContext.TryParse(parent, call.RequestHeaders.GetValue("tracestate"), isRemote: true, out var caller) ? caller : default;
    }
}
