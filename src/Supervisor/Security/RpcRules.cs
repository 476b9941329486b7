using System.Collections.Frozen;
using Grpc.Health.V1;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Security;

/// <summary>What each RPC takes of its caller: the one place that says so. What is not in the table is for admins.</summary>
public static class RpcRules
{
    private static readonly RpcRule Unknown = new(Role.Admin, IsAudited: true);

    /// <summary>The table, by path.</summary>
    public static FrozenDictionary<string, RpcRule> Table { get; } = new Dictionary<string, RpcRule>
    {
        [Path(PoolService.Descriptor.FullName, "Map")] = new(Role.Submitter),
        [Path(PoolService.Descriptor.FullName, "MapStream")] = new(Role.Submitter),
        [Path(PoolService.Descriptor.FullName, "Apply")] = new(Role.Submitter),
        [Path(PoolService.Descriptor.FullName, "ListFunctions")] = new(Role.Viewer),
        [Path(JobService.Descriptor.FullName, "GetJob")] = new(Role.Viewer),
        [Path(JobService.Descriptor.FullName, "ListJobs")] = new(Role.Viewer),
        [Path(JobService.Descriptor.FullName, "WatchJob")] = new(Role.Viewer),
        [Path(JobService.Descriptor.FullName, "ExplainJob")] = new(Role.Viewer),

        // Of its own jobs; of others' it takes an admin, which the service itself sees to.
        [Path(JobService.Descriptor.FullName, "CancelJob")] = new(Role.Submitter, IsAudited: true),
        [Path(AdminService.Descriptor.FullName, "GetPool")] = new(Role.Viewer),
        [Path(AdminService.Descriptor.FullName, "ListWorkers")] = new(Role.Viewer),
        [Path(AdminService.Descriptor.FullName, "GetWorker")] = new(Role.Viewer),
        [Path(AdminService.Descriptor.FullName, "WatchEvents")] = new(Role.Viewer),
        [Path(AdminService.Descriptor.FullName, "ResizePool")] = new(Role.Admin, IsAudited: true),
        [Path(AdminService.Descriptor.FullName, "RecycleWorker")] = new(Role.Admin, IsAudited: true),
        [Path(AdminService.Descriptor.FullName, "RecyclePool")] = new(Role.Admin, IsAudited: true),
        [Path(AdminService.Descriptor.FullName, "DrainPool")] = new(Role.Admin, IsAudited: true),
        [Path(Grpc.Reflection.V1.ServerReflection.Descriptor.FullName, "ServerReflectionInfo")] = new(Role.Viewer),
        [Path(Grpc.Reflection.V1Alpha.ServerReflection.Descriptor.FullName, "ServerReflectionInfo")] = new(Role.Viewer),

        // Those who probe have no token; it says no more than whether the pool takes jobs.
        [Path(Health.Descriptor.FullName, "Check")] = new(null),
        [Path(Health.Descriptor.FullName, "Watch")] = new(null),
    }.ToFrozenDictionary();

    /// <summary>What an RPC takes.</summary>
    /// <param name="path">Its path, <c>/package.Service/Method</c>.</param>
    public static RpcRule Of(string path) => Table.GetValueOrDefault(path, Unknown);

    private static string Path(string service, string method) => $"/{service}/{method}";
}

/// <summary>What an RPC takes of its caller.</summary>
/// <param name="Role">The least role; <c>null</c>: none, it is for everybody.</param>
/// <param name="IsAudited">Whether the audit log has its calls. Default: no.</param>
public sealed record RpcRule(Role? Role, bool IsAudited = false);
