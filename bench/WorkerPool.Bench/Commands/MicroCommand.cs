using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace WorkerPool.Bench.Commands;

/// <summary>The hot types one by one, with BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var filter = new Option<string[]>("--filter")
        {
            Description = "Measures these only, such as *FairQueue*. Default: all.",
            HelpName = "PATTERN",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["*"],
        };
        var shortRun = new Option<bool>("--short") { Description = "Measures three times and shortly." };
        var command = new Command("micro", "The hot types one by one: time and allocated bytes.") { filter, shortRun };
        command.SetAction(parsed =>
        {
            // In this process: another one would have to be built from the project, with all its rules.
            var job = (parsed.GetValue(shortRun) ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
            var config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "workerpool-micro"));
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(["--filter", .. parsed.GetValue(filter)!], config);
            return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? BenchCommandLine.Broken : 0;
        });
        return command;
    }
}
