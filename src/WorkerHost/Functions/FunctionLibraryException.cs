using WorkerPool.Protocol.Errors;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>A function library cannot be used. Its message says what was wrong, what was expected and what to do.</summary>
/// <param name="message">The message.</param>
/// <param name="inner">What led to it, where there is something.</param>
/// <param name="reason">One of <see cref="ErrorReasons"/>.</param>
internal sealed class FunctionLibraryException(
    string message, Exception? inner = null, string reason = ErrorReasons.FunctionLibraryInvalid) : Exception(message, inner)
{
    /// <summary>One of <see cref="ErrorReasons"/>.</summary>
    public string Reason { get; } = reason;
}
