using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Reports;

/// <summary>A scenario with what was measured.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Measurements">What was measured.</param>
internal sealed record ScenarioResult(Scenario Scenario, Measurements Measurements)
{
    /// <summary>The commit it was measured at, where that was in a run before this one; <c>null</c> (default): now.</summary>
    public string? Commit { get; init; }

    /// <summary>The processors it was measured on, likewise.</summary>
    public string? Processor { get; init; }

    /// <summary>The rows of its table.</summary>
    public IReadOnlyList<ResultRow> Rows { get; } = [.. Scenario.Comparisons.Select(comparison => ResultRow.Of(comparison, Measurements))];
}
