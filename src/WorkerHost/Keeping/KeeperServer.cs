using System.Net;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;
using WorkerPool.Protocol;
using WorkerPool.Tls;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>The server of a keeper: its private service, health, and the door to its workers, on one port.</summary>
internal static class KeeperServer
{
    // As many as the connections to workers that are joined through it.
    private const int FlowWindowBytes = 1 << 20;
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Builds it.</summary>
    /// <param name="endPoint">Where it listens.</param>
    /// <param name="health">Where it serves its health alone; <c>null</c>: nowhere beside the rest.</param>
    /// <param name="workers">Launches workers.</param>
    /// <param name="identity">Its part of mutual TLS; <c>null</c>: it speaks in cleartext.</param>
    public static WebApplication Build(
        IPEndPoint endPoint, IPEndPoint? health, KeeperWorkers workers, ReloadedFiles<PinnedIdentity>? identity)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ConsoleLogs.Add(builder.Logging, new ConfigurationBuilder().AddEnvironmentVariables($"{ConsoleLogs.Section}__").Build())
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Critical);
        builder.Services.PostConfigure<SimpleConsoleFormatterOptions>(console => console.SingleLine = true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(workers);
        builder.Services.AddSingleton<KeeperApi>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Over TLS of its own making a client still speaks of http.
            kestrel.AllowAlternateSchemes = true;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = FlowWindowBytes;
            kestrel.Limits.Http2.KeepAlivePingDelay = KeepAliveInterval;
            kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAliveTimeout;
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (identity is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        HandshakeTimeout = HandshakeTimeout,
                        OnConnection = _ => ValueTask.FromResult(identity.Current.ForServer()),
                    });
                }

                var door = new WorkerDoor((key, number) => kestrel.ApplicationServices.GetRequiredService<KeeperApi>().SocketOf(key, number));
                listen.Use(next => connection => door.ServeAsync(connection, next));
            });
            HealthPort.Listen(kestrel, health);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.AddSingleton<HealthServiceImpl>();
        var app = builder.Build();
        HealthPort.Guard(app);
        app.UseRouting();
        app.MapGrpcService<KeeperApi>();
        app.MapGrpcService<HealthServiceImpl>();
        app.Services.GetRequiredService<HealthServiceImpl>().SetStatus(HealthPort.Liveness, HealthCheckResponse.Types.ServingStatus.Serving);
        SetReady(app, HealthCheckResponse.Types.ServingStatus.Serving);
        return app;
    }

    /// <summary>Tells those who probe that it leaves: no Supervisor can hold it any more.</summary>
    /// <param name="app">The server.</param>
    public static void SetLeaving(WebApplication app) => SetReady(app, HealthCheckResponse.Types.ServingStatus.NotServing);

    private static void SetReady(WebApplication app, HealthCheckResponse.Types.ServingStatus status)
    {
        var health = app.Services.GetRequiredService<HealthServiceImpl>();
        health.SetStatus("", status);
        health.SetStatus(ServiceNames.Keeper, status);
    }
}
