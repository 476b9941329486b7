namespace WorkerPool.Cli.Running;

/// <summary>What the command's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Every item succeeded.</summary>
    public const int Success = 0;

    /// <summary>Some item failed, or the input could not be read to its end.</summary>
    public const int ItemFailed = 1;

    /// <summary>Wrong usage, or an unknown function, job or worker: nothing ran.</summary>
    public const int Usage = 2;

    /// <summary>The pool cannot be reached or started, or broke down.</summary>
    public const int Pool = 3;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read stdout has gone.</summary>
    public const int OutputClosed = 141;

    /// <summary>Asked to end by SIGTERM.</summary>
    public const int Terminated = 143;
}
