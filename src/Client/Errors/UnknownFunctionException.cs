namespace WorkerPool.Client;

/// <summary>The pool has no function of that name. The message lists names that are near, if there are any.</summary>
public sealed class UnknownFunctionException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public UnknownFunctionException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
