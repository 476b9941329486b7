using System.Diagnostics;
using WorkerPool.Docs.Tests.Consoles;
using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>The command as a package: packed, installed and run as docs/command.md says, in a folder that goes again.</summary>
public sealed class PackedCommand : IDisposable
{
    private const string Packing = "dotnet pack src/Cli -c Release -o packages";
    private const string Installing = "dotnet tool install workerpool --tool-path tools --add-source packages";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workerpool-pack-");

    [Fact]
    [Trait("Speed", "slow")]
    public async Task The_packed_command_runs_from_any_directory()
    {
        var commands = Page.Read("docs/command.md").Blocks.Where(block => block.Language == "console").SelectMany(ConsoleCommand.In).ToList();
        Assert.Contains(commands, command => command.Line == Packing);
        Assert.Contains(commands, command => command.Line == Installing);
        var shown = commands.Single(command => command.Line.StartsWith("tools/", StringComparison.Ordinal));

        // No source but the folder: what the build has restored has to be enough. Its own files stay in the folder too.
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "NuGet.Config"),
            "<configuration><packageSources><clear /></packageSources></configuration>",
            TestContext.Current.CancellationToken);
        await RunAsync(Packing.Replace("src/Cli", Path.Combine(Repository.Root, "src", "Cli"), StringComparison.Ordinal)
            + " --artifacts-path artifacts -p:RestoreConfigFile=" + Path.Combine(_folder.FullName, "NuGet.Config")
            + " -p:NuGetAudit=false -p:UseSharedCompilation=false -nodeReuse:false");
        await RunAsync(Installing);

        var elsewhere = _folder.CreateSubdirectory("elsewhere");
        var words = shown.Line.Split(' ');
        var start = new ProcessStartInfo(Path.Combine(_folder.FullName, words[0]), words[1..]) { WorkingDirectory = elsewhere.FullName };
        var run = await ProgramRun.OfAsync(start);
        Assert.True(run.ExitCode == 0 && ExpectedOutput.Matches(shown.Output, run.Output, run.Errors), run.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(string command)
    {
        var start = new ProcessStartInfo(BuiltPrograms.Dotnet, command.Split(' ')[1..]) { WorkingDirectory = _folder.FullName };

        // What the run of the tests was told is not meant for a build of its own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        var run = await ProgramRun.OfAsync(start);
        Assert.True(run.ExitCode == 0, $"{command}\n{run}");
    }
}
