using Grpc.Core;

namespace WorkerPool.Dashboard.Visitors;

/// <summary>Who looks at the dashboard.</summary>
public interface IVisitor
{
    /// <summary>Its name; empty where nobody is asked for one.</summary>
    string Name { get; }

    /// <summary>What it may do now; <c>null</c>: nothing any more, it is not known.</summary>
    VisitorRole? Role { get; }

    /// <summary>The public API on its behalf: what its role does not allow is refused there.</summary>
    CallInvoker Calls { get; }

    /// <summary>Whether it came with a cookie, and so may leave.</summary>
    bool HasSession { get; }
}

/// <summary>What a visitor may do. Each role may do all that the ones before it may.</summary>
public enum VisitorRole
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Cancels its own jobs.</summary>
    Submitter,

    /// <summary>Does everything.</summary>
    Admin,
}
