namespace WorkerPool.Client;

/// <summary>The pool does not know who calls, or that caller may not do this. The message says what is missing.</summary>
public sealed class AccessDeniedException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public AccessDeniedException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
