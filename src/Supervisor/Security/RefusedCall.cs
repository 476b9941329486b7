using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace WorkerPool.Supervisor.Security;

/// <summary>Answers a call with an error alone, before any service has seen it: in the form of gRPC, or in JSON.</summary>
internal static class RefusedCall
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>Answers in the form that the call came in.</summary>
    /// <param name="context">The call.</param>
    /// <param name="error">The error.</param>
    public static Task AnswerAsync(HttpContext context, RpcException error)
    {
        if (TranscodedCall.MethodOf(context) is not null)
        {
            return AnswerInJsonAsync(context, error, HttpStatusOf(error.StatusCode));
        }

        // gRPC's form of an answer without a message: what else would be trailers are headers.
        var response = context.Response;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)error.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(error.Status.Detail);
        foreach (var entry in error.Trailers)
        {
            response.Headers[entry.Key] = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;
        }

        return response.CompleteAsync();
    }

    /// <summary>Answers with a google.rpc.Status in JSON.</summary>
    /// <param name="context">The call.</param>
    /// <param name="error">The error.</param>
    /// <param name="httpStatus">The status of HTTP.</param>
    public static Task AnswerInJsonAsync(HttpContext context, RpcException error, int httpStatus)
    {
        var response = context.Response;
        response.StatusCode = httpStatus;
        response.ContentType = "application/json; charset=utf-8";
        if (httpStatus == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        }

        return response.WriteAsync(Json.Format(error.GetRpcStatus()) + "\n");
    }

    private static int HttpStatusOf(Grpc.Core.StatusCode code) => code switch
    {
        Grpc.Core.StatusCode.InvalidArgument or Grpc.Core.StatusCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        Grpc.Core.StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        Grpc.Core.StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        Grpc.Core.StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status500InternalServerError,
    };
}
