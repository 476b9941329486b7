using WorkerPool.Processes;

namespace WorkerPool.Local.Processes;

/// <summary>Exit codes as Python's <c>Process</c> has them.</summary>
internal static class ExitCodes
{
    /// <summary>The function returned.</summary>
    public const int Returned = 0;

    /// <summary>The function threw.</summary>
    public const int Threw = 1;

    /// <summary>It was terminated before its function had returned: SIGTERM.</summary>
    public const int Terminated = -15;

    /// <summary>It was killed: SIGKILL.</summary>
    public const int Killed = -9;

    private const int SignalBase = 128;

    /// <summary>That of a death before the function had ended.</summary>
    /// <param name="certificate">What is known of it.</param>
    public static int Of(DeathCertificate certificate) => certificate switch
    {
        { Signal: not null, ExitCode: { } code } => SignalBase - code,
        { ExitCode: { } code } => code,
        _ => Threw,
    };
}
