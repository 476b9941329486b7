namespace WorkerPool.Bench.Measuring;

/// <summary>What is measured. The name ends with the unit; the Python peers use the same.</summary>
internal static class Metrics
{
    /// <summary>Items of a map, from its start to its last result.</summary>
    public const string ItemsPerSecond = "items/s";
}
