using System.Security.Claims;

namespace WorkerPool.Dashboard.Visitors;

/// <summary>A visitor in the form in which a request, and the circuit that it opens, carry one.</summary>
/// <param name="visitor">The visitor.</param>
internal sealed class VisitorPrincipal(IVisitor visitor)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, visitor.Name)], "workerpool"))
{
    /// <summary>The visitor.</summary>
    public IVisitor Visitor => visitor;
}
