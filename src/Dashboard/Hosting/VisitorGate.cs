using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using WorkerPool.Dashboard.Visitors;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>Stands before the pages: who is not known is sent to the form that asks.</summary>
/// <param name="host">Knows visitors.</param>
internal sealed class VisitorGate(IDashboardHost host)
{
    private const string KeyName = "key";

    /// <summary>Lets a request through, or refuses it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Serves it.</param>
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (IsOpen(request.Path))
        {
            return next(context);
        }

        // The address that a program printed for its user: the key is not to stay in the browser's history.
        if (HttpMethods.IsGet(request.Method) && request.Query[KeyName].ToString() is { Length: > 0 } key && host.TryLogIn(context, key, out _))
        {
            var rest = QueryString.Create(request.Query.Where(pair => pair.Key != KeyName));
            context.Response.Redirect(UriHelper.BuildRelative(request.PathBase, request.Path, rest));
            return Task.CompletedTask;
        }

        if (host.VisitorOf(context) is { } visitor)
        {
            context.User = new VisitorPrincipal(visitor);
            return next(context);
        }

        if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            var back = request.Path.HasValue && request.Path != "/" ? QueryString.Create(LoginForm.ReturnName, request.Path.Value!) : QueryString.Empty;
            context.Response.Redirect(UriHelper.BuildRelative(request.PathBase, LoginForm.Path, back));
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static bool IsOpen(PathString path) => path == LoginForm.Path || path.StartsWithSegments("/assets");
}
