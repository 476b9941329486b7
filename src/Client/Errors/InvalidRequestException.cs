namespace WorkerPool.Client;

/// <summary>The call cannot be run as it was made: an option out of range, or items of a type the function does not take. No item of it has run.</summary>
public sealed class InvalidRequestException : WorkerPoolException
{
    /// <summary>Such a failure.</summary>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="message">What went wrong, for a person.</param>
    /// <param name="innerException">What it came from, if known.</param>
    public InvalidRequestException(string reason, string message, Exception? innerException = null)
        : base(reason, message, innerException)
    {
    }
}
