using System.Net;
using System.Net.Sockets;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Reflection;
using WorkerPool.Processes;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Api.Http;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Configuration;
using WorkerPool.Supervisor.Dashboard;
using WorkerPool.Supervisor.Security;
using WorkerPool.Protocol;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.Supervisor.Hosting;

/// <summary>Puts a pool behind gRPC, as a service.</summary>
public static class SupervisorHost
{
    // People send whole lists in one message; programs send batches, of which one item may fill one.
    private const int MaxRequestBytes = 64 << 20;
    private const int MessageOverheadBytes = 1 << 20;
    private const int ConnectionWindowBytes = 16 << 20;
    private const int StreamWindowBytes = 4 << 20;
    private const int MaxStreamsPerConnection = 1000;
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    /// <summary>Adds all of a Supervisor to an application and builds it; starting the application starts the pool.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="options">How the pool is made; valid.</param>
    /// <param name="directory">Its private directory. It is not disposed of here.</param>
    /// <param name="security">Who may call it.</param>
    /// <param name="http">Where it serves measurements and the API in JSON over HTTP/1.1; <c>null</c>: nowhere.</param>
    /// <param name="health">Where it serves its health alone; <c>null</c>: nowhere beside the rest.</param>
    /// <param name="socketMode">Permissions of the Unix socket. Default: its user alone.</param>
    /// <param name="hasDashboard">Whether the dashboard is served beside measurements, where these are. Default: no.</param>
    public static WebApplication Build(
        WebApplicationBuilder builder,
        ListenAddress address,
        PoolOptions options,
        PrivateDirectory directory,
        SupervisorSecurity security,
        ListenAddress? http = null,
        IPEndPoint? health = null,
        UnixFileMode socketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        bool hasDashboard = false)
    {
        Listen(builder, address, security, http, health, socketMode);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainGrace + StopMargin);
        var maxRequestBytes = Math.Max(MaxRequestBytes, options.MaxItemBytes + MessageOverheadBytes);
        var grpcServer = AddGrpc(builder.Services, maxRequestBytes);
        builder.Services.AddSingleton(security);
        builder.Services.AddSingleton<Authentication>();
        builder.Services.AddSingleton<RequestRates>();
        builder.Services.AddSingleton<OpenCalls>();
        builder.Services.AddHostedService<SecurityWatch>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new Pool(
            options,
            WorkerLaunchers.Create(options, directory, services),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>(),
            isEmbedded: false));
        builder.Services.AddSingleton(services => LocalServices.Of(
            services.GetRequiredService<Pool>(),
            services.GetRequiredService<RequestRates>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<PoolHealth>();
        builder.Services.AddSingleton<HealthServiceImpl>(services => services.GetRequiredService<PoolHealth>());
        builder.Services.AddSingleton<PoolLifetime>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PoolLifetime>());
        if (security.Options.Reflection)
        {
            AddReflection(builder.Services);
        }

        Exports.AddServices(builder.Services, builder.Configuration, isScraped: http is not null);

        // A Unix socket keeps other users of the machine out; a port of loopback beside it must not let them in.
        var servesApi = http is not null && !(address.EndPoint is UnixDomainSocketEndPoint && security.Callers is null);
        if (servesApi)
        {
            HttpApi.AddServices(grpcServer, builder.Logging, maxRequestBytes);
        }

        hasDashboard &= http is not null;
        if (hasDashboard)
        {
            DashboardPort.AddServices(builder.Services, AccessTo(address), services => services.GetRequiredService<PoolLifetime>().Drained);
        }

        var app = builder.Build();
        HealthPort.Guard(app);
        if (http is not null)
        {
            HttpPort.Map(app, servesApi, hasDashboard: servesApi && hasDashboard);
        }

        MapGrpc(app, hasReflection: security.Options.Reflection);
        return app;
    }

    private static void Listen(
        WebApplicationBuilder builder,
        ListenAddress address,
        SupervisorSecurity security,
        ListenAddress? http,
        IPEndPoint? health,
        UnixFileMode socketMode)
    {
        builder.WebHost.UseKestrelCore().UseLargeBlocks().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
            kestrel.Limits.Http2.KeepAlivePingDelay = KeepAliveInterval;
            kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAliveTimeout;
            GrpcPort.Listen(kestrel, address, security.Tls);
            if (http is not null)
            {
                HttpPort.Listen(kestrel, http, security.Tls);
            }

            HealthPort.Listen(kestrel, health);
        });
        AnswersApart.AddServices(builder.Services, socketMode);
    }

    private static IGrpcServerBuilder AddGrpc(IServiceCollection services, int maxRequestBytes) => services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = maxRequestBytes;
            grpc.MaxSendMessageSize = null;
        }).AddServiceOptions<AdminApi>(service => service.Interceptors.Add<AuditLog>())
            .AddServiceOptions<JobApi>(service => service.Interceptors.Add<AuditLog>());

    private static void MapGrpc(WebApplication app, bool hasReflection)
    {
        app.UseMiddleware<CallerGate>();
        app.MapGrpcService<PoolApi>();
        app.MapGrpcService<JobApi>();
        app.MapGrpcService<AdminApi>();
        app.MapGrpcService<PoolHealth>();
        if (hasReflection)
        {
            app.MapGrpcService<ReflectionServiceImpl>();
            app.MapGrpcService<ReflectionV1ServiceImpl>();
        }
    }

    // Where calls come by a socket that its user alone reaches, a port that all users reach is not to let them do more than look.
    private static DashboardAccess AccessTo(ListenAddress calls) =>
        new(RoleOfAnyone: calls.EndPoint is UnixDomainSocketEndPoint ? Role.Viewer : Role.Admin);

    // Error details are no part of any request or response; ad-hoc clients need their descriptors to print them.
    private static void AddReflection(IServiceCollection services)
    {
        FileDescriptor[] files =
        [
            PoolServiceReflection.Descriptor, JobServiceReflection.Descriptor, AdminServiceReflection.Descriptor, HealthReflection.Descriptor,
            StatusReflection.Descriptor, ErrorDetailsReflection.Descriptor,
        ];
        string[] names =
        [
            ServiceNames.Pool, ServiceNames.Jobs, ServiceNames.Admin, ServiceNames.Health, ServiceNames.ReflectionAlpha, ServiceNames.Reflection,
        ];
        var symbols = SymbolRegistry.FromFiles(
        [
            .. files, Grpc.Reflection.V1Alpha.ServerReflection.Descriptor.File, Grpc.Reflection.V1.ServerReflection.Descriptor.File,
        ]);
        services.AddSingleton(new ReflectionServiceImpl(names, symbols));
        services.AddSingleton(new ReflectionV1ServiceImpl(names, symbols));
    }
}
