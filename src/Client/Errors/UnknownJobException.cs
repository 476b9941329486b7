namespace WorkerPool.Client;

/// <summary>The pool knows no job of that id: there never was one, or it has been over for long.</summary>
public sealed class UnknownJobException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public UnknownJobException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
