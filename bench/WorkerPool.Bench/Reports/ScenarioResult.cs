using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Reports;

/// <summary>A scenario with what was measured.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Measurements">What was measured.</param>
internal sealed record ScenarioResult(Scenario Scenario, Measurements Measurements)
{
    /// <summary>The rows of its table.</summary>
    public IReadOnlyList<ResultRow> Rows { get; } = [.. Scenario.Comparisons.Select(comparison => ResultRow.Of(comparison, Measurements))];
}
