namespace WorkerPool.Client;

/// <summary>The pool has no worker of that name that is up.</summary>
public sealed class UnknownWorkerException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public UnknownWorkerException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
