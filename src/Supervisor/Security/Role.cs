namespace WorkerPool.Supervisor.Security;

/// <summary>What a caller may do. Each role may do all that the ones before it may.</summary>
public enum Role
{
    /// <summary>Sees the pool, its functions and its jobs.</summary>
    Viewer,

    /// <summary>Runs functions, and cancels its own jobs.</summary>
    Submitter,

    /// <summary>Operates the pool, and cancels any job.</summary>
    Admin,
}
