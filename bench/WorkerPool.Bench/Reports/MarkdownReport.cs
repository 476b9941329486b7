using System.Globalization;
using System.Text;
using WorkerPool.Bench.Measuring;

namespace WorkerPool.Bench.Reports;

/// <summary>The report, for people.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="machine">Where it was measured.</param>
    /// <param name="plan">How.</param>
    /// <param name="results">The scenarios.</param>
    public static Task WriteAsync(string path, MachineFacts machine, Plan plan, IReadOnlyList<ScenarioResult> results)
    {
        var text = new StringBuilder();
        Line("# Results");
        Line();
        Line("Made by `dotnet run -c Release --project bench/WorkerPool.Bench -- compare`; [docs/benchmarks.md](../docs/benchmarks.md) says what is measured and how.");
        Line();
        Row(["", ""]);
        Row(["---", "---"]);
        Row(["commit", machine.Commit]);
        Row(["processors", machine.Processor]);
        Row(["memory", machine.Memory]);
        Row(["system", machine.System]);
        Row(["load before", machine.Load]);
        foreach (var (name, version) in machine.Versions)
        {
            Row([name, version]);
        }

        Row(["rounds", plan.Rounds.ToString(CultureInfo.InvariantCulture)]);
        var judged = results.SelectMany(result => result.Rows).Where(row => row.IsMet is not null).ToList();
        Row(["targets met", $"{judged.Count(row => row.IsMet == true)} of {judged.Count}"]);
        foreach (var result in results)
        {
            Line();
            Line($"## {result.Scenario.Name}: {result.Scenario.Title}");
            Line();
            if (result.Commit is { } commit)
            {
                Line($"In another run, at commit {commit}, on {result.Processor}.");
                Line();
            }

            Row(ResultRow.Columns);
            Row(ResultRow.Columns.Select(_ => "---"));
            foreach (var row in result.Rows)
            {
                Row(row.Cells);
            }

            foreach (var breakage in result.Measurements.Breakages)
            {
                Line();
                Line($"**Broken**: {breakage}");
            }
        }

        return File.WriteAllTextAsync(path, text.ToString());

        void Line(string line = "") => text.Append(line).Append('\n');

        void Row(IEnumerable<string> cells) => Line($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }
}
