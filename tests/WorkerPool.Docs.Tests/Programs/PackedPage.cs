using System.Diagnostics;
using System.IO.Compression;
using WorkerPool.Docs.Tests.Consoles;
using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>
/// docs/packages.md, done as it says in a folder outside of the repository that goes again: packs, writes the project that
/// the page shows, builds, runs and publishes it, installs the command.
/// </summary>
public sealed class PackedPage : IDisposable
{
    /// <summary>The page.</summary>
    public const string Path = "docs/packages.md";

    private const string Solution = "WorkerPool.Packages.slnf";
    private static readonly Page Shown = Page.Read(Path);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workerpool-pack-");

    [Fact]
    [Trait("Speed", "slow")]
    public async Task What_the_page_shows_works_with_the_packages_that_it_packs()
    {
        var commands = Shown.Blocks.Where(block => block.Language == "console").SelectMany(ConsoleCommand.In).ToList();
        await PackAsync(commands[0]);
        AssertPackages();
        WriteProject();

        foreach (var command in commands.Skip(1))
        {
            var words = command.Line.Split(' ');
            var program = words[0] == "dotnet" ? BuiltPrograms.Dotnet : File(words[0]);
            var run = await RunAsync(program, words[1..]);
            Assert.True(
                run.ExitCode == 0 && ExpectedOutput.Matches(command.Output, run.Output, run.Errors),
                $"{command.Place}: {command.Line}\nis to print\n{string.Join('\n', command.Output)}\nbut ended with {run}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Packs without a source: what the build has restored has to be enough. Its own files stay in the folder too.</summary>
    private async Task PackAsync(ConsoleCommand command)
    {
        Assert.StartsWith("dotnet pack " + Solution, command.Line, StringComparison.Ordinal);
        var config = File("pack.config");
        System.IO.File.WriteAllText(config, "<configuration><packageSources><clear /></packageSources></configuration>");
        var run = await RunAsync(BuiltPrograms.Dotnet,
        [
            .. command.Line.Replace(Solution, System.IO.Path.Combine(Repository.Root, Solution), StringComparison.Ordinal).Split(' ')[1..],
            "--artifacts-path", File("artifacts"), $"-p:RestoreConfigFile={config}", "-p:NuGetAudit=false",
        ]);
        Assert.True(run.ExitCode == 0 && !run.Output.Any(line => line.Contains("warning", StringComparison.Ordinal)), run.ToString());
    }

    /// <summary>The packages are those of the page's table, each with what a package has to have.</summary>
    private void AssertPackages()
    {
        var packed = Directory.GetFiles(File("packages"), "*.nupkg");
        Assert.Equal(
            Shown.Table("Packages").Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal),
            packed.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(packed, path =>
        {
            using var package = ZipFile.OpenRead(path);
            var files = package.Entries.Select(entry => entry.FullName).ToList();
            Assert.Contains("README.md", files);

            // Who writes against a library reads what its members do; a tool is run.
            var isLibrary = files.Any(file => file.StartsWith("lib/", StringComparison.Ordinal));
            Assert.Equal(isLibrary, files.Any(file => file.EndsWith(Name(path) + ".xml", StringComparison.Ordinal)));
            Assert.True(System.IO.File.Exists(System.IO.Path.ChangeExtension(path, ".snupkg")), $"{path} has no symbols.");

            using var reader = new StreamReader(package.GetEntry(Name(path) + ".nuspec")!.Open());
            var about = reader.ReadToEnd();
            Assert.All(["<license type=\"expression\">MIT", "<readme>README.md", "<tags>"], part => Assert.Contains(part, about, StringComparison.Ordinal));
            Assert.DoesNotContain("Package Description", about, StringComparison.Ordinal);
        });
    }

    /// <summary>Writes the page's files; its sources are the folder of packages and what the build has restored.</summary>
    private void WriteProject()
    {
        _folder.CreateSubdirectory("words");
        var files = Shown.Blocks.Where(block => block.Language is "xml" or "csharp").Select(block => block.Text).ToList();
        Assert.Equal(3, files.Count);
        System.IO.File.WriteAllText(File("words/words.csproj"), files[0]);
        System.IO.File.WriteAllText(File("words/Program.cs"), files[1]);
        System.IO.File.WriteAllText(File("nuget.config"), files[2]
            .Replace("<packageSources>", "<packageSources><clear />", StringComparison.Ordinal)
            .Replace(
                "</configuration>",
                $"<fallbackPackageFolders><add key=\"restored\" value=\"{Repository.RestoredPackages}\" /></fallbackPackageFolders></configuration>",
                StringComparison.Ordinal));
    }

    private Task<ProgramRun> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName };

        // What the run of the tests was told is not meant for a build of its own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // Its servers are to end with it. Packages of an earlier build under the same version are not to be met: those that
        // the page packs are unpacked in the folder.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        if (!arguments.Contains("pack"))
        {
            start.Environment["NUGET_PACKAGES"] = File("unpacked");
        }

        return ProgramRun.OfAsync(start);
    }

    private static string Name(string package) => System.IO.Path.GetFileName(package).Split(".0.1.0")[0];

    private string File(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
