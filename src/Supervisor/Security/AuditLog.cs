using Grpc.Core;
using Grpc.Core.Interceptors;

namespace WorkerPool.Supervisor.Security;

/// <summary>Writes down what operators do: who, what, when, and what came of it. See <see cref="RpcRules"/> for what is written.</summary>
/// <param name="time">Tells when.</param>
/// <param name="log">Where it is written.</param>
internal sealed partial class AuditLog(TimeProvider time, ILogger<AuditLog> log) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (!RpcRules.Of(context.Method).IsAudited)
        {
            return await continuation(request, context);
        }

        var since = time.GetUtcNow();
        var outcome = StatusCode.OK;
        try
        {
            return await continuation(request, context);
        }
        catch (Exception error)
        {
            outcome = error switch
            {
                RpcException rpc => rpc.StatusCode,
                OperationCanceledException => StatusCode.Cancelled,
                _ => StatusCode.Internal,
            };
            throw;
        }
        finally
        {
            var caller = Api.Callers.Of(context);
            LogAction(
                log, caller.Describe(context.Peer), caller.Role, context.Method, request.ToString() ?? "", since, outcome);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "{Caller}, {Role}, called {Method} {Request} at {Time:O}: {Outcome}")]
    private static partial void LogAction(
        ILogger log, string caller, Role role, string method, string request, DateTimeOffset time, StatusCode outcome);
}
