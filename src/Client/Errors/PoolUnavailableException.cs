namespace WorkerPool.Client;

/// <summary>The pool is there but takes no jobs: it is going away, or its workers cannot start.</summary>
public sealed class PoolUnavailableException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public PoolUnavailableException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
