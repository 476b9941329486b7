using Grpc.Core;
using WorkerPool.Supervisor.Api;
using WorkerPool.Supervisor.Security;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>The services of the public API, by the paths of their methods, for calls that come by no wire.</summary>
internal sealed class LocalServices : ServiceBinderBase
{
    private readonly Dictionary<string, Delegate> _handlers = [];

    /// <summary>Gathers them: the same classes that gRPC serves.</summary>
    /// <param name="services">The application's services.</param>
    public LocalServices(IServiceProvider services)
    {
        AdminService.BindService(this, ActivatorUtilities.CreateInstance<AdminApi>(services));
        JobService.BindService(this, ActivatorUtilities.CreateInstance<JobApi>(services));
        Audit = ActivatorUtilities.CreateInstance<AuditLog>(services);
        Rates = services.GetRequiredService<RequestRates>();
    }

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

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => _handlers.Add(method.FullName, handler!);

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => _handlers.Add(method.FullName, handler!);
}
