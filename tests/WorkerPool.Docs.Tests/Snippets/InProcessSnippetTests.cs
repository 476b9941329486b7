using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/inprocess.md prints what the page shows below it.</summary>
public sealed class InProcessSnippetTests
{
    [Fact]
    public async Task The_program_prints_what_the_page_shows_below_it()
    {
        var printed = Console.Collect();
        await InProcessSnippets.OwnAssemblyAsync();

        Assert.Equal(Page.Read("docs/inprocess.md").Blocks.Single(block => block.Language == "text").Text, printed.ToString().TrimEnd('\n'));
    }
}
