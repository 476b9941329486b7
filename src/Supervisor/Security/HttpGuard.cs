using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dashboard;

namespace WorkerPool.Supervisor.Security;

/// <summary>
/// Stands before what is served over HTTP/1.1. A page of a stranger in a browser on this machine must not get at it: not by a
/// name of the stranger's that leads here (DNS rebinding), which the Host shows, nor by a request across origins, which the Origin
/// shows. And where callers are known, it takes one of them; the dashboard, which people log in to, has a gate of its own.
/// </summary>
/// <param name="next">Serves the request.</param>
/// <param name="authentication">Finds out who asks.</param>
/// <param name="security">Says which names lead here.</param>
internal sealed class HttpGuard(RequestDelegate next, Authentication authentication, SupervisorSecurity security)
{
    /// <summary>Lets a request through, or refuses it.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (!LeadsHere(host.Host, security.Options.HttpHosts))
        {
            return RefuseAsync(
                context, StatusCodes.Status421MisdirectedRequest, StatusCode.FailedPrecondition, ErrorReasons.HostUnknown,
                $"\"{host}\" is not a name of this pool. Use localhost or an address, or add the name to {SecurityOptions.Section}:HttpHosts.");
        }

        if (!IsSameOrigin(context.Request.Headers.Origin, host))
        {
            return RefuseAsync(
                context, StatusCodes.Status403Forbidden, StatusCode.PermissionDenied, ErrorReasons.OriginRefused,
                "Requests from pages of other origins are not served.");
        }

        if (DashboardPort.IsFor(context.Request.Path))
        {
            return next(context);
        }

        if (authentication.CallerOf(context, out var problem) is not { } caller)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, ErrorReasons.CallerUnknown, problem);
        }

        context.Features.Set(caller);
        return next(context);
    }

    /// <summary>Whether a name of a Host header is of this machine whoever has set up the names.</summary>
    /// <param name="name">The name, without a port.</param>
    /// <param name="allowed">Names beside localhost and addresses.</param>
    internal static bool LeadsHere(string name, IEnumerable<string> allowed) =>
        IPAddress.TryParse(name.Trim('[', ']'), out _)
        || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || allowed.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request comes from no page, or from one of ours.</summary>
    /// <param name="origin">Its Origin header.</param>
    /// <param name="host">Its Host header.</param>
    internal static bool IsSameOrigin(StringValues origin, HostString host) =>
        StringValues.IsNullOrEmpty(origin)
        || (Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, host.ToString(), StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext context, int status, StatusCode code, string reason, string message)
    {
        if (TranscodedCall.MethodOf(context) is not null)
        {
            return RefusedCall.AnswerInJsonAsync(context, RpcErrors.Create(code, reason, message), status);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n");
    }
}
