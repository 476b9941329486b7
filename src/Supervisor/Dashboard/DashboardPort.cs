using Microsoft.AspNetCore.Server.Kestrel.Core;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>Where the dashboard is served: below a path of the port for HTTP/1.1, or, inside of a program, on a port of its own.</summary>
internal static class DashboardPort
{
    /// <summary>The path that it is below.</summary>
    public static readonly PathString Path = new("/dashboard");

    /// <summary>Whether a request is for it: for its pages, or for the port's first page, which leads there.</summary>
    /// <param name="path">Path of the request.</param>
    public static bool IsFor(PathString path) => path.StartsWithSegments(Path) || path == "/";

    /// <summary>Adds what it needs; it is made when the first browser comes.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="access">How it is served.</param>
    /// <param name="drained">Gives what completes when the pool is drained.</param>
    public static void AddServices(IServiceCollection services, DashboardAccess access, Func<IServiceProvider, Task> drained) =>
        services.AddSingleton(provider => new DashboardSiteHolder(provider, access, drained(provider)));

    /// <summary>Makes a server listen on a port for it alone.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Where.</param>
    public static void Listen(KestrelServerOptions kestrel, ListenAddress address) =>
        kestrel.Listen(address.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);

    /// <summary>Serves it on a port for it alone.</summary>
    /// <param name="app">The application, which serves nothing else.</param>
    public static void MapAlone(WebApplication app)
    {
        app.UseMiddleware<HttpGuard>();
        Map(app);
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>Serves it on a port that also serves other things.</summary>
    /// <param name="http">That port's requests.</param>
    public static void Map(IApplicationBuilder http)
    {
        var site = http.ApplicationServices.GetRequiredService<DashboardSiteHolder>();
        http.Map(Path, pages => pages.Run(site.ServeAsync));
        http.Use((context, next) =>
        {
            if (context.Request.Path != "/")
            {
                return next(context);
            }

            context.Response.Redirect($"{context.Request.PathBase}{Path}/");
            return Task.CompletedTask;
        });
    }
}
