using System.Reflection;
using System.Text.RegularExpressions;
using WorkerPool.Bench.Scenarios;

namespace WorkerPool.Bench.Tests;

/// <summary>The page about the bench.</summary>
public sealed partial class PageTests
{
    private static readonly string Root = typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot").Value!;

    [Fact(DisplayName = "The page has every scenario, in the order of the report")]
    public async Task Scenarios()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "benchmarks.md"), TestContext.Current.CancellationToken);
        var section = page.Split("## ").Single(part => part.StartsWith("Scenarios", StringComparison.Ordinal));

        Assert.Equal(ScenarioList.All.Select(scenario => scenario.Name), Row().Matches(section).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex("^\\| `([a-z]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
