using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;
using WorkerPool.Protocol;
using WorkerPool.WorkerHost.Session;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>The gRPC server of a worker: the session, health and reflection, on a Unix socket.</summary>
internal static class WorkerServer
{
    /// <summary>Room for data in flight, in bytes: a message of results and the next.</summary>
    private const int FlowWindowBytes = 4 << 20;

    /// <summary>Builds the server.</summary>
    /// <param name="socket">Path of the socket.</param>
    /// <param name="service">The session's service.</param>
    public static WebApplication Build(string socket, WorkerService service)
    {
        // The empty builder: no configuration, no logging, nothing that prints or takes time.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseLargeBlocks().ConfigureKestrel(kestrel =>
        {
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = null;
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
            limits.Http2.InitialConnectionWindowSize = FlowWindowBytes;
            limits.Http2.InitialStreamWindowSize = FlowWindowBytes;
            AnswersApart.Listen(kestrel, socket);
        });
        AnswersApart.AddServices(builder.Services);

        // The Supervisor limits items and values; here a limit could only break a session.
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton<HealthServiceImpl>();
        builder.Services.AddSingleton(_ => new ReflectionServiceImpl(Described()));
        builder.Services.AddSingleton(_ => new ReflectionV1ServiceImpl(Described()));

        var app = builder.Build();
        var methods = new GrpcMethods(app);
        methods.MapGrpcService<WorkerService>();
        methods.MapGrpcService<HealthServiceImpl>();
        methods.MapGrpcService<ReflectionServiceImpl>();
        methods.MapGrpcService<ReflectionV1ServiceImpl>();
        app.Run(methods.Serve());

        var health = app.Services.GetRequiredService<HealthServiceImpl>();
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        health.SetStatus(ServiceNames.Worker, HealthCheckResponse.Types.ServingStatus.Serving);
        return app;
    }

    // Made when somebody asks: no Supervisor does.
    private static Google.Protobuf.Reflection.ServiceDescriptor[] Described() =>
    [
        Worker.V1.WorkerService.Descriptor, Health.Descriptor, ServerReflection.Descriptor, Grpc.Reflection.V1.ServerReflection.Descriptor,
    ];
}
