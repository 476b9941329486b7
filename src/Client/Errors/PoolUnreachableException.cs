namespace WorkerPool.Client;

/// <summary>Nothing answers at the pool's address, or the connection to it broke. The message names the address.</summary>
public class PoolUnreachableException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public PoolUnreachableException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
