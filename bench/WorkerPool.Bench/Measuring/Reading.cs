namespace WorkerPool.Bench.Measuring;

/// <summary>A number that a contender's process printed, as a line of JSON.</summary>
/// <param name="Case">The case it is of.</param>
/// <param name="Metric">What was measured, with its unit, such as "items/s".</param>
/// <param name="Value">How much.</param>
internal sealed record Reading(string Case, string Metric, double Value);
