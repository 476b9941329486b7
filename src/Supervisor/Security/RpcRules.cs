using System.Collections.Frozen;
using WorkerPool.Protocol;

namespace WorkerPool.Supervisor.Security;

/// <summary>What each RPC takes of its caller: the one place that says so. What is not in the table is for admins.</summary>
public static class RpcRules
{
    private static readonly RpcRule Unknown = new(Role.Admin, IsAudited: true);

    /// <summary>The table, by path.</summary>
    public static FrozenDictionary<string, RpcRule> Table { get; } = new Dictionary<string, RpcRule>
    {
        [Path(ServiceNames.Pool, "Map")] = new(Role.Submitter),
        [Path(ServiceNames.Pool, "MapStream")] = new(Role.Submitter),
        [Path(ServiceNames.Pool, "Apply")] = new(Role.Submitter),
        [Path(ServiceNames.Pool, "ListFunctions")] = new(Role.Viewer),
        [Path(ServiceNames.Jobs, "GetJob")] = new(Role.Viewer),
        [Path(ServiceNames.Jobs, "ListJobs")] = new(Role.Viewer),
        [Path(ServiceNames.Jobs, "WatchJob")] = new(Role.Viewer),
        [Path(ServiceNames.Jobs, "ExplainJob")] = new(Role.Viewer),

        // Of its own jobs; of others' it takes an admin, which the service itself sees to.
        [Path(ServiceNames.Jobs, "CancelJob")] = new(Role.Submitter, IsAudited: true),
        [Path(ServiceNames.Admin, "GetPool")] = new(Role.Viewer),
        [Path(ServiceNames.Admin, "ListWorkers")] = new(Role.Viewer),
        [Path(ServiceNames.Admin, "GetWorker")] = new(Role.Viewer),
        [Path(ServiceNames.Admin, "WatchEvents")] = new(Role.Viewer),
        [Path(ServiceNames.Admin, "ResizePool")] = new(Role.Admin, IsAudited: true),
        [Path(ServiceNames.Admin, "RecycleWorker")] = new(Role.Admin, IsAudited: true),
        [Path(ServiceNames.Admin, "RecyclePool")] = new(Role.Admin, IsAudited: true),
        [Path(ServiceNames.Admin, "DrainPool")] = new(Role.Admin, IsAudited: true),
        [Path(ServiceNames.Reflection, "ServerReflectionInfo")] = new(Role.Viewer),
        [Path(ServiceNames.ReflectionAlpha, "ServerReflectionInfo")] = new(Role.Viewer),

        // Those who probe have no token; it says no more than whether the pool takes jobs.
        [Path(ServiceNames.Health, "Check")] = new(null),
        [Path(ServiceNames.Health, "Watch")] = new(null),
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
