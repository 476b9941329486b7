namespace WorkerPool.Bench.Measuring;

/// <summary>A contender gave wrong results, crashed or did not come to an end.</summary>
/// <param name="message">Which one, and what it did.</param>
internal sealed class BrokenContenderException(string message) : Exception(message);
