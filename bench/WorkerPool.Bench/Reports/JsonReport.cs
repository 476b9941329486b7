using System.Text.Encodings.Web;
using System.Text.Json;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Reports;

/// <summary>All values, for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="machine">Where it was measured.</param>
    /// <param name="plan">How.</param>
    /// <param name="results">The scenarios.</param>
    public static async Task WriteAsync(string path, MachineFacts machine, Plan plan, IReadOnlyList<ScenarioResult> results)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(
            file,
            new
            {
                machine,
                plan,
                scenarios = results.Select(result => new
                {
                    result.Scenario.Name,
                    result.Scenario.Title,
                    result.Commit,
                    result.Processor,
                    result.Measurements.Missing,
                    result.Measurements.Breakages,
                    Rows = result.Rows.Select(row => new
                    {
                        row.Comparison.Case,
                        row.Comparison.Metric,
                        row.Comparison.Ours,
                        Median = row.Ours?.Median,
                        row.Comparison.Other,
                        OtherMedian = row.Other?.Median,
                        row.Ratio,
                        Target = row.Comparison.Target?.Text($"{row.Comparison.Target.Bound}"),
                        row.IsMet,
                    }),
                    Values = result.Measurements.All.Select(all => new { all.Contender, all.Case, all.Metric, all.Values }),
                }),
            },
            Format);
    }
}
