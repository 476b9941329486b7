namespace WorkerPool.Bench.Scenarios;

/// <summary>All scenarios, in the order of the report.</summary>
internal static class ScenarioList
{
    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        ChunksScenario.Ordered(),
        ChunksScenario.Unordered(),
        EchoScenario.Create(),
        ApplyScenario.Create(),
        BurnScenario.Create(),
        StragglersScenario.Create(),
        MemoryScenario.Create(),
        StartScenario.Create(),
        JobsScenario.Create(),
        WaitingScenario.Create(),
        CostScenario.Create(),
        ObservationScenarios.Watched(),
        ObservationScenarios.Traced(),
        WorkersScenario.Create(),
        ProgramsScenario.Create(),
    ];
}
