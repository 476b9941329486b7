using System.Text.RegularExpressions;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/command.md lists every command with all of its options.</summary>
public sealed partial class OptionsTable
{
    // Every command has them; the page says so once.
    private static readonly string[] Common = ["--help", "--version"];

    // Every command that uses a pool at an address has them, and one table.
    private static readonly string[] OfConnections =
        [.. NamesIn(Page.Read("docs/command.md").Table("Secured pools"))];

    [Theory]
    [InlineData("map")]
    [InlineData("apply")]
    [InlineData("functions")]
    [InlineData("jobs")]
    [InlineData("explain")]
    [InlineData("top")]
    [InlineData("cancel")]
    [InlineData("workers")]
    [InlineData("resize")]
    [InlineData("recycle")]
    [InlineData("drain")]
    [InlineData("events")]
    public async Task Every_option_of_a_command_has_a_row(string command)
    {
        var help = await BuiltPrograms.RunAsync("workerpool.dll", command, "--help");
        var options = OptionsIn(help.Output).ToList();
        Assert.Equal(options.Except(OfConnections), NamesIn(Page.Read("docs/command.md").Table($"workerpool {command}")));
        Assert.Empty(OfConnections.Except(options));
    }

    [Fact]
    public async Task Every_option_of_a_new_token_has_a_row()
    {
        var help = await BuiltPrograms.RunAsync("workerpool.dll", "token", "new", "--help");
        Assert.Equal(OptionsIn(help.Output), NamesIn(Page.Read("docs/command.md").Table("workerpool token")));
    }

    [Fact]
    public async Task Every_command_has_a_section()
    {
        var help = await BuiltPrograms.RunAsync("workerpool.dll", "--help");
        var commands = help.Output.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0);
        var headings = Page.Read("docs/command.md").Prose.ToHashSet();
        Assert.All(commands, line => Assert.Contains($"## workerpool {line.Trim().Split(' ')[0]}", headings));
    }

    /// <summary>The options that a help lists, sorted.</summary>
    internal static IEnumerable<string> OptionsIn(IEnumerable<string> help) => help
        .Select(line => OptionPattern().Match(line))
        .Where(match => match.Success)
        .Select(match => match.Groups[1].Value)
        .Except(Common)
        .Order(StringComparer.Ordinal);

    /// <summary>The options that a table lists, sorted.</summary>
    internal static IEnumerable<string> NamesIn(IEnumerable<string[]> rows) =>
        rows.Select(row => Cells.Name(row[0])).Where(name => name.StartsWith("--", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^  (?:-\S+, )*(--[a-z-]+)")]
    private static partial Regex OptionPattern();
}
