using Grpc.Core;
using WorkerPool.Supervisor.Hosting;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api.Local;

/// <summary>The services of the public API, by the paths of their methods, for calls that come by no wire.</summary>
internal sealed class LocalServices : ServiceBinderBase
{
    private readonly Dictionary<string, Delegate> _handlers = [];

    /// <summary>Services.</summary>
    /// <param name="pool">Runs functions.</param>
    /// <param name="admin">Operates the pool.</param>
    /// <param name="jobs">Shows jobs.</param>
    /// <param name="audit">Writes down what operators do.</param>
    /// <param name="rates">How often callers call.</param>
    public LocalServices(
        PoolService.PoolServiceBase pool, AdminService.AdminServiceBase admin, JobService.JobServiceBase jobs, AuditLog audit, RequestRates rates)
    {
        PoolService.BindService(this, pool);
        AdminService.BindService(this, admin);
        JobService.BindService(this, jobs);
        Audit = audit;
        Rates = rates;
    }

    /// <summary>The same classes that gRPC serves.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="rates">How often callers call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Takes what operators do.</param>
    public static LocalServices Of(Pool pool, RequestRates rates, TimeProvider time, ILoggerFactory logs) => new(
        new PoolApi(pool), new AdminApi(pool, time), new JobApi(pool, time), new AuditLog(time, logs.CreateLogger<AuditLog>()), rates);

    /// <summary>Writes down what operators do.</summary>
    public AuditLog Audit { get; }

    /// <summary>How often callers call.</summary>
    public RequestRates Rates { get; }

    /// <summary>The handler of a method that has one answer.</summary>
    /// <param name="path">The method's path.</param>
    public UnaryServerMethod<TRequest, TResponse> Unary<TRequest, TResponse>(string path)
        where TRequest : class
        where TResponse : class => (UnaryServerMethod<TRequest, TResponse>)_handlers[path];

    /// <summary>The handler of a method that has several answers.</summary>
    /// <param name="path">The method's path.</param>
    public ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(string path)
        where TRequest : class
        where TResponse : class => (ServerStreamingServerMethod<TRequest, TResponse>)_handlers[path];

    /// <summary>The handler of a method that has several requests and several answers.</summary>
    /// <param name="path">The method's path.</param>
    public DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TRequest, TResponse>(string path)
        where TRequest : class
        where TResponse : class => (DuplexStreamingServerMethod<TRequest, TResponse>)_handlers[path];

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => _handlers.Add(method.FullName, handler!);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => _handlers.Add(method.FullName, handler!);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => _handlers.Add(method.FullName, handler!);
}
