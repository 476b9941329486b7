using Grpc.Core;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Security;

/// <summary>
/// Stands before every RPC: who calls, whether that role may, and whether it calls too often. It answers before a byte of the
/// request is read, so that a stranger's megabytes are nobody's affair.
/// </summary>
/// <param name="next">Serves the call.</param>
/// <param name="authentication">Finds out who calls.</param>
/// <param name="rates">How often callers call.</param>
/// <param name="calls">The calls that are let through.</param>
/// <param name="log">Takes note of who is refused.</param>
internal sealed partial class CallerGate(RequestDelegate next, Authentication authentication, RequestRates rates, OpenCalls calls, ILogger<CallerGate> log)
{
    /// <summary>Lets a call through, or refuses it.</summary>
    /// <param name="context">The call.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var path = TranscodedCall.MethodOf(context) is { } method ? TranscodedCall.PathOf(method) : context.Request.Path.Value ?? "";
        var rule = RpcRules.Of(path);
        if (rule.Role is not { } needed)
        {
            return next(context);
        }

        if (authentication.CallerOf(context, out var problem) is not { } caller)
        {
            LogUnknown(log, path, context.Connection.RemoteIpAddress, problem);
            return RefusedCall.AnswerAsync(context, RpcErrors.Create(StatusCode.Unauthenticated, ErrorReasons.CallerUnknown, problem));
        }

        if (CallerRules.Refusal(path, caller, rates) is { } refusal)
        {
            if (caller.Role < needed)
            {
                LogRefused(log, caller.Name, path, caller.Role, needed);
            }

            return RefusedCall.AnswerAsync(context, refusal);
        }

        context.Features.Set(caller);
        calls.Add(context);
        return next(context);
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "{Caller} was refused {Method}: it has the role {Role}, and that takes {Needed}.")]
    private static partial void LogRefused(ILogger log, string caller, string method, Role role, Role needed);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Information, Message = "A caller at {Address} was refused {Method}: {Problem}")]
    private static partial void LogUnknown(ILogger log, string method, System.Net.IPAddress? address, string problem);
}
