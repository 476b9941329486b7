using Grpc.Core;

namespace WorkerPool.Supervisor.Security;

/// <summary>Answers a gRPC call with an error alone, before any service has seen it.</summary>
internal static class RefusedCall
{
    /// <summary>Answers.</summary>
    /// <param name="context">The call.</param>
    /// <param name="error">The error.</param>
    public static Task AnswerAsync(HttpContext context, RpcException error)
    {
        // gRPC's form of an answer without a message: what else would be trailers are headers.
        var response = context.Response;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)error.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(error.Status.Detail);
        foreach (var entry in error.Trailers)
        {
            response.Headers[entry.Key] = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;
        }

        return response.CompleteAsync();
    }
}
