using Grpc.Health.V1;
using WorkerPool.Protocol;
using WorkerPool.V1;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class ServiceNamesTests
{
    [Fact]
    public void The_names_are_those_of_the_services() => Assert.Equal(
        [
            PoolService.Descriptor.FullName, JobService.Descriptor.FullName, AdminService.Descriptor.FullName, WorkerService.Descriptor.FullName,
            KeeperService.Descriptor.FullName, Health.Descriptor.FullName, Grpc.Reflection.V1.ServerReflection.Descriptor.FullName,
            Grpc.Reflection.V1Alpha.ServerReflection.Descriptor.FullName,
        ],
        [
            ServiceNames.Pool, ServiceNames.Jobs, ServiceNames.Admin, ServiceNames.Worker, ServiceNames.Keeper, ServiceNames.Health,
            ServiceNames.Reflection, ServiceNames.ReflectionAlpha,
        ]);
}
