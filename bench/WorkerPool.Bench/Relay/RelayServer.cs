using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace WorkerPool.Bench.Relay;

/// <summary>A server of the relay's chain on a Unix socket, and clients of one. Windows are those of our Supervisor and workers.</summary>
internal static class RelayServer
{
    private const int WindowBytes = 4 << 20;

    /// <summary>Serves until the process is ended.</summary>
    /// <param name="socket">Path of the socket to listen on.</param>
    /// <param name="next">Path of the socket of the next one; <c>null</c>: none, this is the far end.</param>
    public static async Task RunAsync(string socket, string? next)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });
        if (next is not null)
        {
            builder.Services.AddSingleton(new RelayService.RelayServiceClient(Connect(next)));
        }

        await using var app = builder.Build();
        app.UseRouting();
        if (next is null)
        {
            app.MapGrpcService<EchoApi>();
        }
        else
        {
            app.MapGrpcService<RelayApi>();
        }

        await app.RunAsync();
    }

    /// <summary>A channel to a server.</summary>
    /// <param name="socket">Path of its socket.</param>
    public static GrpcChannel Connect(string socket) => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = WindowBytes,
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        },
    });
}
