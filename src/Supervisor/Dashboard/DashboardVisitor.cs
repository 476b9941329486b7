using Grpc.Core;
using WorkerPool.Dashboard.Visitors;
using WorkerPool.Supervisor.Api.Local;
using WorkerPool.Supervisor.Security;

namespace WorkerPool.Supervisor.Dashboard;

/// <summary>A caller who looks at the dashboard.</summary>
/// <param name="services">The API.</param>
/// <param name="current">Who it is now: tokens and certificates expire, and are withdrawn.</param>
/// <param name="peer">Where it is.</param>
/// <param name="hasSession">Whether it came with a cookie.</param>
internal sealed class DashboardVisitor(LocalServices services, Func<Caller?> current, string peer, bool hasSession) : IVisitor
{
    /// <inheritdoc/>
    public string Name { get; } = current()?.Name ?? "";

    /// <inheritdoc/>
    public VisitorRole? Role => current()?.Role switch
    {
        Security.Role.Admin => VisitorRole.Admin,
        Security.Role.Submitter => VisitorRole.Submitter,
        Security.Role.Viewer => VisitorRole.Viewer,
        _ => null,
    };

    /// <inheritdoc/>
    public CallInvoker Calls { get; } = new LocalCalls(services, current, peer);

    /// <inheritdoc/>
    public bool HasSession => hasSession;
}
