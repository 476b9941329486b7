namespace WorkerPool.Client;

/// <summary>A call to a pool, or one of its items, failed. The base of what the SDK throws for it.</summary>
public class WorkerPoolException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public WorkerPoolException(string reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>What went wrong, for programs: an UPPER_SNAKE word such as <c>FUNCTION_FAILED</c>. Never empty.</summary>
    public string Reason { get; }
}
