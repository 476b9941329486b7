using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>The port for gRPC: HTTP/2, over TLS, in cleartext, or on a Unix socket.</summary>
internal static class GrpcPort
{
    /// <summary>Makes the server listen there.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Where.</param>
    /// <param name="tls">TLS, if it is to speak that.</param>
    public static void Listen(KestrelServerOptions kestrel, ListenAddress address, ServerTls? tls)
    {
        if (address.EndPoint is UnixDomainSocketEndPoint socket)
        {
            AnswersApart.Listen(kestrel, socket.ToString());
            return;
        }

        kestrel.Listen(address.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (address.IsTls)
            {
                tls!.Use(listen);
            }
        });
    }
}
