namespace WorkerPool.Protocol;

/// <summary>What a Supervisor and its workers agree on beside the messages.</summary>
public static class WorkerProtocol
{
    /// <summary>Version of the private protocol.</summary>
    public const uint Version = 1;
}
