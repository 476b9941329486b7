using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WorkerPool.Protocol;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// A port for <c>grpc.health.v1</c> alone, in cleartext: for those who probe and know no TLS. Its connections are marked, and a
/// request for anything else that comes over one of them is not served.
/// </summary>
internal static class HealthPort
{
    /// <summary>The service to ask for whether the program is to be let live: not whether it is ready.</summary>
    public const string Liveness = "liveness";

    private static readonly PathString Path = $"/{ServiceNames.Health}";

    /// <summary>Makes the server listen there.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endPoint">Where; <c>null</c> for nowhere.</param>
    public static void Listen(KestrelServerOptions kestrel, IPEndPoint? endPoint)
    {
        if (endPoint is null)
        {
            return;
        }

        kestrel.Listen(endPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection =>
            {
                connection.Features.Set(Mark.Instance);
                return next(connection);
            });
        });
    }

    /// <summary>Keeps all else from it; clients of gRPC read <c>UNIMPLEMENTED</c>. To be called before anything is served.</summary>
    /// <param name="app">The application.</param>
    public static void Guard(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<Mark>() is null || context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private sealed class Mark
    {
        public static Mark Instance { get; } = new();
    }
}
