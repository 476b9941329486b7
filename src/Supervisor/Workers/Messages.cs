namespace WorkerPool.Supervisor.Workers;

/// <summary>Sentences that are said in more than one place.</summary>
internal static class Messages
{
    /// <summary>Why a pool whose workers cannot start takes no jobs.</summary>
    /// <param name="failure">Why they cannot.</param>
    public static string Broken(StartFailure failure) => $"The pool has no workers, they cannot start: {failure.Message}";
}
