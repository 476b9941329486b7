using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Diagnostics;

/// <summary>Why a worker has to be replaced.</summary>
internal enum RestartCause
{
    /// <summary>It exited by itself.</summary>
    Exit,

    /// <summary>A signal ended it that the pool did not send.</summary>
    Signal,

    /// <summary>The pool ended it: recycled, silent, or killed for an item that did not yield.</summary>
    Pool,

    /// <summary>It could not be started.</summary>
    StartFailed,
}

/// <summary>Tells causes of restarts.</summary>
internal static class RestartCauses
{
    /// <summary>The cause that a certificate tells of.</summary>
    /// <param name="certificate">What is known of the death.</param>
    public static RestartCause Of(DeathCertificate certificate) =>
        certificate.Cause == DeathCause.Pool ? RestartCause.Pool
        : certificate.Signal is not null ? RestartCause.Signal
        : RestartCause.Exit;
}
