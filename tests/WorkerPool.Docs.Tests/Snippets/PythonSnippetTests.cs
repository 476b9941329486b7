using System.Text.RegularExpressions;
using WorkerPool.Client;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.InProcess;
using WorkerPool.Local;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>docs/python.md prints what it shows, and names only what there is.</summary>
public sealed partial class PythonSnippetTests
{
    private static readonly Page Shown = Page.Read("docs/python.md");

    private static readonly Type[] Types =
    [
        typeof(Pool), typeof(LocalPool), typeof(InProcessPool), typeof(LocalPoolOptions), typeof(MapOptions), typeof(MapJob<>), typeof(ApplyJob<>),
        typeof(PoolProcess<>), typeof(WorkerContext), typeof(ItemFailedException), typeof(Task), typeof(Environment), typeof(CancellationTokenSource),
        typeof(Call), typeof(IEnumerable<>), typeof(IAsyncEnumerable<>), typeof(System.Threading.Channels.Channel<>),
    ];

    // Words of C#, and names that stand for the reader's own.
    private static readonly HashSet<string> Others = ["F", "await", "using", "var", "pool", "handle", "timeout", "try", "catch", "foreach", "xs", "x", "y", "T"];

    [Fact]
    public async Task The_code_prints_what_the_page_shows_below_it()
    {
        var printed = Console.Collect();
        await PythonSnippets.SquaresAsync();

        Assert.Equal(Shown.Blocks.Single(block => block.Language == "text").Text, printed.ToString().TrimEnd('\n'));
    }

    [Fact]
    public void The_right_column_names_only_what_there_is()
    {
        var known = Types.SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name.Split('`')[0])).ToHashSet();
        var rows = Shown.Prose.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split(" | ")).ToList();
        Assert.True(rows.Count > 40);
        Assert.All(rows, row => Assert.All(Names(row[1]), name => Assert.True(known.Contains(name) || Others.Contains(name), $"{name} is not there: {row[0]}")));
    }

    private static IEnumerable<string> Names(string cell) => CodePattern().Matches(cell)
        .Select(match => match.Groups[1].Value)
        .Where(code => !code.StartsWith('"') && !code.StartsWith("workerpool ", StringComparison.Ordinal))
        .SelectMany(code => NamePattern().Matches(code).Select(match => match.Value));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex NamePattern();
}
