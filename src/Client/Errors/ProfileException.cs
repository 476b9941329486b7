namespace WorkerPool.Client;

/// <summary>The profile that says where the pool is cannot be used. The message names the file.</summary>
public sealed class ProfileException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public ProfileException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
