namespace WorkerPool.Protocol;

/// <summary>
/// Full names of gRPC services. A service's descriptor has its name too, but making one makes those of all messages that the service
/// knows, which is a good part of a program's start.
/// </summary>
public static class ServiceNames
{
    /// <summary>Maps functions.</summary>
    public const string Pool = "workerpool.v1.PoolService";

    /// <summary>Shows jobs.</summary>
    public const string Jobs = "workerpool.v1.JobService";

    /// <summary>Operates the pool.</summary>
    public const string Admin = "workerpool.v1.AdminService";

    /// <summary>Runs chunks.</summary>
    public const string Worker = "workerpool.worker.v1.WorkerService";

    /// <summary>Launches workers.</summary>
    public const string Keeper = "workerpool.worker.v1.KeeperService";

    /// <summary>Says whether a server serves.</summary>
    public const string Health = "grpc.health.v1.Health";

    /// <summary>Describes services.</summary>
    public const string Reflection = "grpc.reflection.v1.ServerReflection";

    /// <summary>The same, by its older name.</summary>
    public const string ReflectionAlpha = "grpc.reflection.v1alpha.ServerReflection";
}
