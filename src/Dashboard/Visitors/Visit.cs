using Microsoft.AspNetCore.Components.Authorization;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Visitors;

/// <summary>The visitor of one browser's tab.</summary>
/// <param name="authentication">What the tab's connection began with.</param>
internal sealed class Visit(AuthenticationStateProvider authentication)
{
    private IVisitor? _visitor;

    /// <summary>The visitor; <c>null</c> before <see cref="BeginAsync"/>.</summary>
    public IVisitor Visitor => _visitor ?? throw new InvalidOperationException("The visit has not begun.");

    /// <summary>Finds out who it is.</summary>
    public async Task BeginAsync() =>
        _visitor = (await authentication.GetAuthenticationStateAsync()).User is VisitorPrincipal principal
            ? principal.Visitor
            : throw new InvalidOperationException("A connection came past the gate.");

    /// <summary>Whether it may do what takes a role.</summary>
    /// <param name="role">The role.</param>
    public bool May(VisitorRole role) => Visitor.Role >= role;

    /// <summary>Whether it may cancel a job: any as an admin, its own as a submitter. The API decides; this only saves the click.</summary>
    /// <param name="job">The job.</param>
    public bool MayCancel(JobStatus job) =>
        May(VisitorRole.Admin) || (May(VisitorRole.Submitter) && job.Caller.StartsWith($"{Visitor.Name} (", StringComparison.Ordinal));
}
