using Microsoft.AspNetCore.Server.Kestrel.Core;
using WorkerPool.Supervisor.Api.Http;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dashboard;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>
/// The port for HTTP/1.1, which cannot share one with cleartext HTTP/2. Its connections are marked, and a request that
/// came over one of them is served here or nowhere: neither port serves what belongs to the other.
/// </summary>
internal static class HttpPort
{
    private const string MetricsPath = "/metrics";

    /// <summary>Makes the server listen there.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Where.</param>
    /// <param name="tls">TLS, if it is to speak that.</param>
    public static void Listen(KestrelServerOptions kestrel, ListenAddress address, ServerTls? tls) => kestrel.Listen(address.EndPoint, listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        if (address.IsTls)
        {
            tls!.Use(listen);
        }

        listen.Use(next => connection =>
        {
            connection.Features.Set(Mark.Instance);
            return next(connection);
        });
    });

    /// <summary>Serves it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="servesApi">Whether the API is among it; else measurements alone.</param>
    /// <param name="hasDashboard">Whether the dashboard is part of it.</param>
    public static void Map(WebApplication app, bool servesApi, bool hasDashboard)
    {
        // Said in so many words, since all that follows asks where a request leads, on either port.
        app.UseRouting();
        HttpApi.KeepFromOthers(app, IsOurs);
        app.MapWhen(IsOurs, http =>
        {
            http.UseMiddleware<HttpGuard>();
            http.UseOpenTelemetryPrometheusScrapingEndpoint(MetricsPath);
            if (hasDashboard)
            {
                DashboardPort.Map(http);
            }

            HttpApi.Use(http, servesApi);
            http.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    private static bool IsOurs(HttpContext context) => context.Features.Get<Mark>() is not null;

    private sealed class Mark
    {
        public static Mark Instance { get; } = new();
    }
}
