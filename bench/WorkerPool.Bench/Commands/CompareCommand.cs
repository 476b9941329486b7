using System.CommandLine;
using System.Text.Json;
using WorkerPool.Bench.Measuring;
using WorkerPool.Bench.Reports;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Commands;

/// <summary>Our pool beside those that people would pick instead, and beside the limit.</summary>
internal static class CompareCommand
{
    private const string DefaultReport = "bench/RESULTS.md";

    /// <summary>Makes the command.</summary>
    /// <param name="output">Takes the tables.</param>
    /// <param name="errors">Takes progress and what went wrong.</param>
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var quick = new Option<bool>("--quick") { Description = "Measures once and shortly: for daily use, under 3 minutes." };
        var smoke = new Option<bool>("--smoke") { Description = "Only whether everything works: the numbers say nothing." };
        var rounds = new Option<int?>("--rounds") { Description = "How often each contender is measured. Default: 5; 1 with --quick." };
        var json = new Option<FileInfo?>("--json") { Description = "Writes all values to a file.", HelpName = "FILE" };
        var report = new Option<FileInfo?>("--report")
        {
            Description = $"Writes the report to a file. Default: {DefaultReport} where everything is measured in full from the root of the repository, else none.",
            HelpName = "FILE",
        };
        var names = new Option<string[]>("--scenario")
        {
            Description = "Measures these only. Default: all.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var keep = new Option<FileInfo>("--keep")
        {
            Description = "Reports what is not measured now as a file that --json wrote has it: to measure some scenarios again.",
            HelpName = "FILE",
        };
        keep.AcceptExistingOnly();
        foreach (var option in (Option<FileInfo?>[])[json, report])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<FileInfo?>() is { Directory: { Exists: false } directory })
                {
                    result.AddError($"{option.Name}: there is no directory {directory.FullName}.");
                }
            });
        }

        names.AcceptOnlyFromAmong([.. ScenarioList.All.Select(scenario => scenario.Name)]);
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--rounds has to be 1 or more.");
            }
        });
        var command = new Command("compare", "Our pool beside those that people would pick instead, and beside the limit.")
        {
            quick, smoke, rounds, names, json, report, keep,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = parsed.GetValue(smoke) ? Plan.Smoke : parsed.GetValue(quick) ? Plan.Quick : Plan.Full;
            plan = parsed.GetValue(rounds) is { } number ? plan with { Rounds = number } : plan;
            var chosen = parsed.GetValue(names) is { Length: > 0 } some
                ? ScenarioList.All.Where(scenario => some.Contains(scenario.Name)).ToList()
                : ScenarioList.All.Where(scenario => scenario.IsForDailyUse || !parsed.GetValue(quick)).ToList();
            var isWhole = plan == Plan.Full && chosen.Count == ScenarioList.All.Count && Directory.Exists(Path.GetDirectoryName(DefaultReport));
            var path = parsed.GetValue(report)?.FullName ?? (isWhole ? DefaultReport : null);
            EarlierRun? earlier = null;
            if (parsed.GetValue(keep) is { } kept)
            {
                try
                {
                    earlier = await EarlierRun.ReadAsync(kept.FullName);
                }
                catch (JsonException error)
                {
                    await errors.WriteLineAsync($"--keep: {kept.FullName} is not a file that --json wrote: {error.Message}");
                    return BenchCommandLine.WrongUsage;
                }

                if (earlier.Plan != plan)
                {
                    await errors.WriteLineAsync($"--keep: {kept.FullName} was measured otherwise: {earlier.Plan}, and not {plan}.");
                    return BenchCommandLine.WrongUsage;
                }
            }

            var results = ScenarioList.All.Select(scenario => earlier?.ResultOf(plan.Of(scenario))).OfType<ScenarioResult>().ToList();
            var machine = await MachineFacts.ReadAsync();
            foreach (var scenario in chosen.Select(plan.Of))
            {
                var result = new ScenarioResult(scenario, await new Rounds(plan, errors.WriteLine).RunAsync(scenario, cancellation));
                TextReport.Print(result, output);
                results.RemoveAll(known => known.Scenario.Name == scenario.Name);
                results.Add(result);
                results.Sort((one, other) => PlaceOf(one).CompareTo(PlaceOf(other)));

                // After each, so that one who ends it early has what there is, and what is kept of the rest.
                if (parsed.GetValue(json) is { } jsonFile)
                {
                    await JsonReport.WriteAsync(jsonFile.FullName, machine, plan, results);
                }

                if (path is not null)
                {
                    await MarkdownReport.WriteAsync(path, machine, plan, results);
                }
            }

            var breakages = results.SelectMany(result => result.Measurements.Breakages).ToList();
            foreach (var breakage in breakages)
            {
                await errors.WriteLineAsync($"BROKEN: {breakage}");
            }

            return breakages.Count > 0 ? BenchCommandLine.Broken : 0;
        });
        return command;

        static int PlaceOf(ScenarioResult result) => ScenarioList.All.TakeWhile(scenario => scenario.Name != result.Scenario.Name).Count();
    }
}
