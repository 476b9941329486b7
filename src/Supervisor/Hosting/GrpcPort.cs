using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Security;

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
            kestrel.ListenUnixSocket(socket.ToString(), listen => listen.Protocols = HttpProtocols.Http2);
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

    /// <summary>Gives a Unix socket its permissions before anybody can connect to it.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="mode">The permissions.</param>
    public static void KeepPrivate(IServiceCollection services, UnixFileMode mode) => services.Configure<SocketTransportOptions>(sockets =>
        sockets.CreateBoundListenSocket = endPoint =>
        {
            var listening = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            if (endPoint is UnixDomainSocketEndPoint socket && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(socket.ToString()!, mode);
            }

            return listening;
        });
}
