using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/programs.md prints what the page shows below it.</summary>
public sealed class ProgramSnippetTests
{
    [Fact]
    public async Task The_code_prints_what_the_page_shows_below_it()
    {
        var printed = Console.Collect();
        await ProgramSnippets.LocalAsync();

        Assert.Equal(Page.Read("docs/programs.md").Blocks.Single(block => block.Language == "text").Text, printed.ToString().TrimEnd('\n'));
    }
}
