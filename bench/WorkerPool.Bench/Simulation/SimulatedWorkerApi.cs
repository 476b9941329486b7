using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WorkerPool.Protocol;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Bench.Simulation;

/// <summary>The sessions of simulated workers: each item is given back as its value as soon as it comes, on the thread that it comes on.</summary>
internal sealed class SimulatedWorkerApi : WorkerService.WorkerServiceBase
{
    /// <summary>Serves until the process ends.</summary>
    /// <param name="socket">Path of the Unix socket to listen on.</param>
    public static async Task<WebApplication> ServeAsync(string socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<HealthServiceImpl>();
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<SimulatedWorkerApi>();
        app.MapGrpcService<HealthServiceImpl>();
        app.Services.GetRequiredService<HealthServiceImpl>().SetStatus(ServiceNames.Worker, HealthCheckResponse.Types.ServingStatus.Serving);
        await app.StartAsync();
        return app;
    }

    /// <inheritdoc/>
    public override async Task Session(
        IAsyncStreamReader<SessionRequest> requestStream, IServerStreamWriter<SessionResponse> responseStream, ServerCallContext context)
    {
        var echo = new Function { Name = "echo", Encoding = Encoding.Json, ValueEncoding = Encoding.Json, Origin = FunctionOrigin.BuiltIn };
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var response = requestStream.Current switch
            {
                { Start: not null } => new SessionResponse
                {
                    Hello = new Hello { ProtocolVersion = WorkerProtocol.Version, ProcessId = Environment.ProcessId, Functions = { echo } },
                },
                { Chunks: { } chunks } => new SessionResponse { Results = new ChunkResultsBatch { Results = { chunks.Chunks_.Select(Echo) } } },
                _ => null,
            };
            if (response is not null)
            {
                await responseStream.WriteAsync(response);
            }

            if (requestStream.Current.Shutdown is not null)
            {
                return;
            }
        }
    }

    private static ChunkResults Echo(Chunk chunk) =>
        new() { Lease = chunk.Lease, Values = chunk.Segments.Single(), BusyNanoseconds = (ulong)chunk.Segments[0].ItemCount };
}
