namespace WorkerPool.TestSupport.Kubernetes;

/// <summary>How a watch goes on.</summary>
public enum WatchEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The answer ends, as it does after its time.</summary>
    Ended,

    /// <summary>The connection is broken off.</summary>
    Cut,
}
