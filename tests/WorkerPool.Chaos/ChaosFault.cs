namespace WorkerPool.Chaos;

/// <summary>What can strike.</summary>
public enum ChaosFault
{
    /// <summary>SIGKILL of a worker, busy or idle.</summary>
    Kill,

    /// <summary>SIGSTOP of a worker; some get SIGCONT soon after.</summary>
    Stop,

    /// <summary>Items that exit.</summary>
    Exit,

    /// <summary>Items that take more memory than a worker may have.</summary>
    Oom,

    /// <summary>Items that never end.</summary>
    Timeout,

    /// <summary>SIGKILL of the Supervisor, which is started again on its port.</summary>
    Supervisor,

    /// <summary>Connections that are cut, some in the middle of a message, and stalled.</summary>
    Net,
}
