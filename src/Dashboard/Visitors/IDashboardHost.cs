using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace WorkerPool.Dashboard.Visitors;

/// <summary>What the dashboard knows of the Supervisor that it belongs to: the public API, and who may use it.</summary>
public interface IDashboardHost
{
    /// <summary>The public API, for what all visitors are shown alike.</summary>
    CallInvoker Calls { get; }

    /// <summary>Whether visitors are asked who they are.</summary>
    bool AsksForTokens { get; }

    /// <summary>Who sends a request; <c>null</c> if that is not known.</summary>
    /// <param name="context">The request.</param>
    IVisitor? VisitorOf(HttpContext context);

    /// <summary>Lets in who shows a token, or the key of the address that was printed: requests with the cookie that the answer gets are
    /// of that visitor from now on.</summary>
    /// <param name="context">The request that shows it.</param>
    /// <param name="token">The token or key.</param>
    /// <param name="problem">Why it is nobody's, for a person.</param>
    /// <returns>Whether it is somebody's.</returns>
    bool TryLogIn(HttpContext context, string token, out string problem);

    /// <summary>Forgets the visitor that a request's cookie is of.</summary>
    /// <param name="context">The request.</param>
    void LogOut(HttpContext context);
}
