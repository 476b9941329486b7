namespace WorkerPool.Bench.Scenarios;

/// <summary>All scenarios, in the order of the report.</summary>
internal static class ScenarioList
{
    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        ChunksScenario.Ordered(),
        ChunksScenario.Unordered(),
    ];
}
