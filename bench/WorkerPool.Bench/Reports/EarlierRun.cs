using System.Text.Json;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Reports;

/// <summary>What <see cref="JsonReport"/> wrote of a run before this one.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Plan">How.</param>
/// <param name="Scenarios">The scenarios.</param>
internal sealed record EarlierRun(MachineFacts Machine, Plan Plan, IReadOnlyList<EarlierRun.Scenario> Scenarios)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static async Task<EarlierRun> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<EarlierRun>(file, Format) is { Machine: not null, Plan: not null, Scenarios: not null } run
            ? run
            : throw new JsonException("It has no machine, plan and scenarios.");
    }

    /// <summary>Its result of a scenario; <c>null</c>: it has none.</summary>
    /// <param name="scenario">The scenario.</param>
    public ScenarioResult? ResultOf(Scenarios.Scenario scenario)
    {
        if (Scenarios.FirstOrDefault(candidate => candidate.Name == scenario.Name) is not { } known)
        {
            return null;
        }

        var measurements = new Measurements();
        foreach (var value in known.Values)
        {
            measurements.Add(value.Contender, value.Case, value.Metric, value.Values);
        }

        foreach (var (contender, why) in known.Missing)
        {
            measurements.Missing[contender] = why;
        }

        measurements.Breakages.AddRange(known.Breakages);
        return new ScenarioResult(scenario, measurements)
        {
            Commit = known.Commit ?? Machine.Commit,
            Processor = known.Processor ?? Machine.Processor,
        };
    }

    /// <summary>A scenario.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Commit">The commit it was measured at, if not that of the run.</param>
    /// <param name="Processor">The processors it was measured on, if not those of the run.</param>
    /// <param name="Missing">Why contenders were not measured, by their names.</param>
    /// <param name="Breakages">What may not be.</param>
    /// <param name="Values">What was measured.</param>
    internal sealed record Scenario(
        string Name,
        string? Commit,
        string? Processor,
        IReadOnlyDictionary<string, string> Missing,
        IReadOnlyList<string> Breakages,
        IReadOnlyList<Value> Values);

    /// <summary>The readings of a contender.</summary>
    /// <param name="Contender">Its name.</param>
    /// <param name="Case">The case.</param>
    /// <param name="Metric">The metric.</param>
    /// <param name="Values">The readings of all rounds.</param>
    internal sealed record Value(string Contender, string Case, string Metric, IReadOnlyList<double> Values);
}
