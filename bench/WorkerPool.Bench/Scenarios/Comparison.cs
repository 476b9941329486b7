namespace WorkerPool.Bench.Scenarios;

/// <summary>A row: a measurement of ours, beside one of somebody else or by itself.</summary>
/// <param name="Case">The case.</param>
/// <param name="Metric">What was measured, with its unit.</param>
/// <param name="Ours">Name of the contender that is ours.</param>
/// <param name="Target">What is to be reached. Default: nothing, the row only reports.</param>
internal sealed record Comparison(string Case, string Metric, string Ours, Target? Target = null)
{
    /// <summary>Name of the contender it is compared with. Default: none, and the target is one of the measurement itself.</summary>
    public string? Other { get; init; }

    /// <summary>The other's case, where it is another one.</summary>
    public string? OtherCase { get; init; }

    /// <summary>The other's metric, where it is another one.</summary>
    public string? OtherMetric { get; init; }
}
