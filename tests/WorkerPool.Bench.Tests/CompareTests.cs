using System.Text.Json;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Tests;

/// <summary>The comparison as a program: that it works, never how fast anything is.</summary>
public sealed class CompareTests
{
    [Fact(DisplayName = "A smoke run measures ours in every scenario, and writes every report")]
    public async Task SmokeMeasuresEverything()
    {
        var directory = Directory.CreateTempSubdirectory("wp-bench-test-");
        try
        {
            var (json, report) = (Path.Combine(directory.FullName, "all.json"), Path.Combine(directory.FullName, "report.md"));

            var run = await BenchRun.OfAsync("compare", "--smoke", "--json", json, "--report", report);

            Assert.True(run.ExitCode == 0, run.Errors);
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
            var scenarios = document.RootElement.GetProperty("scenarios").EnumerateArray().ToList();
            Assert.Equal(ScenarioList.All.Select(scenario => scenario.Name), scenarios.Select(scenario => scenario.GetProperty("name").GetString()));
            Assert.All(scenarios, scenario =>
            {
                var rows = scenario.GetProperty("rows").EnumerateArray().ToList();
                Assert.NotEmpty(rows);
                Assert.All(rows, row => Assert.True(
                    row.GetProperty("median").ValueKind == JsonValueKind.Number || MayBeMissing(scenario, row.GetProperty("ours").GetString()!),
                    $"{scenario.GetProperty("name")}: {row}"));
            });
            var markdown = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
            Assert.All(ScenarioList.All, scenario => Assert.Contains($"## {scenario.Name}: ", markdown, StringComparison.Ordinal));

            // One of them again, the others as they were.
            var again = await BenchRun.OfAsync("compare", "--smoke", "--scenario", "cost", "--keep", json, "--report", report);

            Assert.True(again.ExitCode == 0, again.Errors);
            var lines = await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken);
            Assert.Equal(
                ScenarioList.All.Select(scenario => $"## {scenario.Name}: {scenario.Title}"), lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
            Assert.Equal(
                ScenarioList.All.Count - 1,
                lines.Count(line => line.StartsWith("In another run, at commit ", StringComparison.Ordinal) && line.Contains($", on {Environment.ProcessorCount} × ", StringComparison.Ordinal)));
            Assert.Equal(RowOf(markdown.Split('\n')), RowOf(lines));

            // Ended early, it has what it has measured, and the others as they were.
            File.Delete(report);
            var ended = await BenchRun.UntilAsync(
                "burn: round 1 of 1: LocalPool", "compare", "--smoke", "--scenario", "apply", "burn", "--keep", json, "--report", report);
            Assert.NotEqual(0, ended.ExitCode);
            var endedReport = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
            Assert.All(ScenarioList.All, scenario => Assert.Contains($"## {scenario.Name}: ", endedReport, StringComparison.Ordinal));

            var otherwise = await BenchRun.OfAsync("compare", "--quick", "--scenario", "cost", "--keep", json);
            Assert.Equal(2, otherwise.ExitCode);
            Assert.Contains("was measured otherwise", otherwise.Errors, StringComparison.Ordinal);
            var wrong = await BenchRun.OfAsync("compare", "--smoke", "--scenario", "cost", "--keep", report);
            Assert.Equal(2, wrong.ExitCode);
            Assert.Contains("is not a file that --json wrote", wrong.Errors, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string RowOf(IEnumerable<string> report) =>
        report.SkipWhile(line => !line.StartsWith("## echo", StringComparison.Ordinal)).First(line => line.Contains("LocalPool", StringComparison.Ordinal));

    // One of ours needs programs that a machine may not have; then it is said which.
    private static bool MayBeMissing(JsonElement scenario, string contender) =>
        Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") != "1" && scenario.GetProperty("missing").TryGetProperty(contender, out _);

    [Fact(DisplayName = "A workload that fails ends its process with 1, which says what failed")]
    public async Task BreakageIsTold()
    {
        var run = await BenchRun.OfAsync("run", """{"work":"no-such-work","cases":["1"],"seconds":1,"warmUpSeconds":1,"compileSeconds":1,"scale":1}""");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no-such-work", run.Errors, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "A scenario that does not exist is wrong usage, and the message has those that do")]
    public async Task UnknownScenario()
    {
        var run = await BenchRun.OfAsync("compare", "--scenario", "chunkz");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("chunkz", run.Errors + run.Output, StringComparison.Ordinal);
        Assert.Contains("'chunks'", run.Errors + run.Output, StringComparison.Ordinal);
    }
}
