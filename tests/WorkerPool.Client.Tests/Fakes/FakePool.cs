using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WorkerPool.Client.Tests.Fakes;

/// <summary>A fake pool that listens on a port of its own, and a client of it.</summary>
public sealed class FakePool : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakePool(WebApplication server, FakePoolService service, PoolOptions options)
    {
        _server = server;
        Service = service;
        Address = server.Urls.Single();
        Pool = Pool.Connect(Address, options);
    }

    public FakePoolService Service { get; }

    public FakeAdminService Admin => _server.Services.GetRequiredService<FakeAdminService>();

    public FakeJobService Jobs => _server.Services.GetRequiredService<FakeJobService>();

    public string Address { get; }

    public Pool Pool { get; }

    public static async Task<FakePool> StartAsync(FakePoolOptions? options = null, PoolOptions? poolOptions = null)
    {
        var service = new FakePoolService(options ?? new FakePoolOptions());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton<FakeAdminService>();
        builder.Services.AddSingleton<FakeJobService>();
        var server = builder.Build();
        server.MapGrpcService<FakePoolService>();
        server.MapGrpcService<FakeAdminService>();
        server.MapGrpcService<FakeJobService>();
        await server.StartAsync();
        return new FakePool(server, service, poolOptions ?? new PoolOptions());
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(Service.Violations);
    }
}
