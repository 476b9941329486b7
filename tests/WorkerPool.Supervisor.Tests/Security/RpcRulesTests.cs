using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Security;

public sealed class RpcRulesTests
{
    // What a Supervisor serves.
    private static readonly ServiceDescriptor[] Services =
    [
        PoolService.Descriptor, JobService.Descriptor, AdminService.Descriptor, Health.Descriptor,
        Grpc.Reflection.V1.ServerReflection.Descriptor, Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
    ];

    private static readonly string[] Protos =
    [
        .. Services.SelectMany(service => service.Methods).Select(method => $"/{method.Service.FullName}/{method.Name}"),
    ];

    [Fact]
    public void Every_rpc_has_a_row_and_every_row_is_an_rpc() =>
        Assert.Equal(Protos.Order(StringComparer.Ordinal), RpcRules.Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_service_of_the_public_package_is_walked()
    {
        var all = new[] { PoolServiceReflection.Descriptor, JobServiceReflection.Descriptor, AdminServiceReflection.Descriptor, MethodsReflection.Descriptor, ItemsReflection.Descriptor }
            .SelectMany(file => file.Services).Select(service => service.FullName);
        Assert.Empty(all.Except(Services.Select(service => service.FullName)));
    }

    [Fact]
    public void What_is_not_in_the_table_is_for_admins() =>
        Assert.Equal(Role.Admin, RpcRules.Of("/workerpool.v1.PoolService/Later").Role);

    [Fact]
    public void What_changes_something_is_audited_and_health_alone_is_for_everybody()
    {
        Assert.All(RpcRules.Table.Where(row => row.Value.Role == Role.Admin), row => Assert.True(row.Value.IsAudited, row.Key));
        Assert.All(RpcRules.Table, row => Assert.Equal(row.Key.StartsWith("/grpc.health.", StringComparison.Ordinal), row.Value.Role is null));
    }
}
