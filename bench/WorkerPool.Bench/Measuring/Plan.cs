using System.Text.Json;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Measuring;

/// <summary>How thoroughly a comparison measures.</summary>
/// <param name="Rounds">How often each contender is run; they take turns. Range: 1 and up.</param>
/// <param name="Seconds">How long a measured stretch is to take. Range: above zero.</param>
/// <param name="WarmUpSeconds">How long each case runs before it is measured. Range: above zero.</param>
/// <param name="CompileSeconds">How long a process of ours runs before anything is measured. Range: above zero.</param>
/// <param name="Scale">Share of the number of items, where a scenario has a fixed number. Range: above 0, to 1.</param>
internal sealed record Plan(int Rounds, double Seconds, double WarmUpSeconds, double CompileSeconds, double Scale)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>What a report is made of.</summary>
    public static Plan Full { get; } = new(Rounds: 5, Seconds: 1, WarmUpSeconds: 0.5, CompileSeconds: 20, Scale: 1);

    /// <summary>For daily use: what anybody waits for.</summary>
    public static Plan Quick { get; } = new(Rounds: 1, Seconds: 0.3, WarmUpSeconds: 0.1, CompileSeconds: 1.5, Scale: 0.05);

    /// <summary>Whether everything works at all; its numbers say nothing.</summary>
    public static Plan Smoke { get; } = new(Rounds: 1, Seconds: 0.01, WarmUpSeconds: 0.01, CompileSeconds: 0.01, Scale: 0.002);

    /// <summary>The scenario as far as this plan goes.</summary>
    /// <param name="scenario">The scenario.</param>
    public Scenario Of(Scenario scenario) =>
        this == Smoke ? scenario.With([scenario.SmokeCase]) : Scale < 1 ? scenario.With(scenario.ShortCases) : scenario;

    /// <summary>The order of a contender's process.</summary>
    /// <param name="work">What is to be measured.</param>
    /// <param name="cases">In which cases.</param>
    public string Order(string work, IReadOnlyList<string> cases) => JsonSerializer.Serialize(new Order(work, cases, Seconds, WarmUpSeconds, CompileSeconds, Scale), Format);

    /// <summary>Reads an order.</summary>
    /// <param name="text">Its text.</param>
    public static Order ReadOrder(string text) => JsonSerializer.Deserialize<Order>(text, Format)!;
}
