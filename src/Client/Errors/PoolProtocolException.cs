namespace WorkerPool.Client;

/// <summary>The pool broke the contract of the wire: an index answered twice or out of order, a ledger that does not add up. The results given so far are not to be trusted.</summary>
public sealed class PoolProtocolException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public PoolProtocolException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
