using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace WorkerPool.Protocol.Errors;

/// <summary>Makes and reads the errors of calls: a google.rpc.Status with one ErrorInfo.</summary>
public static class RpcErrors
{
    /// <summary>An error of a call.</summary>
    /// <param name="code">The gRPC status.</param>
    /// <param name="reason">One of <see cref="ErrorReasons"/>.</param>
    /// <param name="message">What was wrong, what was expected, what to do.</param>
    /// <param name="metadata">Values the reason comes with.</param>
    /// <param name="field">The field at fault, where there is one.</param>
    /// <param name="retryAfter">When to try again, where that helps.</param>
    public static RpcException Create(
        StatusCode code,
        string reason,
        string message,
        IEnumerable<KeyValuePair<string, string>>? metadata = null,
        string? field = null,
        TimeSpan? retryAfter = null)
    {
        var info = new ErrorInfo { Domain = ErrorReasons.Domain, Reason = reason };
        foreach (var (key, value) in metadata ?? [])
        {
            info.Metadata[key] = value;
        }

        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(info));
        if (field is not null)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = field, Description = message };
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
        }

        if (retryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return status.ToRpcException();
    }

    /// <summary>An INVALID_ARGUMENT that names the field at fault.</summary>
    /// <param name="field">The field, as in the proto.</param>
    /// <param name="message">What was wrong, what was expected.</param>
    public static RpcException Invalid(string field, string message) =>
        Create(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, message, field: field);

    /// <summary>The ErrorInfo of an error of ours, or <c>null</c> if it has none.</summary>
    /// <param name="error">The error.</param>
    public static ErrorInfo? InfoOf(RpcException error) =>
        error.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info && info.Domain == ErrorReasons.Domain ? info : null;
}
