namespace WorkerPool.WorkerHost.Functions;

/// <summary>A function library cannot be used. Its message says what was wrong, what was expected and what to do.</summary>
/// <param name="message">The message.</param>
/// <param name="inner">What led to it, where there is something.</param>
internal sealed class FunctionLibraryException(string message, Exception? inner = null) : Exception(message, inner);
