namespace WorkerPool.Client;

/// <summary>The <see cref="Pool"/> was closed, terminated or disposed, and takes no new work.</summary>
public sealed class PoolClosedException : InvalidOperationException
{
    /// <summary>Says what the pool was asked for.</summary>
    /// <param name="message">What happened, for a person.</param>
    public PoolClosedException(string message)
        : base(message)
    {
    }

    internal static PoolClosedException NoNewWork() => new("The pool is closed and takes no new work.");

    internal static PoolClosedException Terminated() => new("The pool was terminated while this call was running.");
}
