using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Pages;

/// <summary>Code on the pages is code that was compiled.</summary>
public sealed class CodeBlocks
{
    // Manifests and Dockerfiles: by the tests of manifests.
    private static readonly string[] Checked = ["csharp", "console", "text", "json", "xml", "yaml", "dockerfile"];

    private static IEnumerable<FencedBlock> AllBlocks => Repository.Pages.SelectMany(path => Page.Read(path).Blocks);

    // A project on a page is compiled by the test of that page.
    private static IEnumerable<FencedBlock> OfSamples => AllBlocks.Where(block => block.Language == "csharp" && block.Page != PackedPage.Path);

    [Fact]
    public void Every_block_is_of_a_language_that_a_test_checks() =>
        Assert.All(AllBlocks, block => Assert.True(Checked.Contains(block.Language), $"{block.Place} is \"{block.Language}\"."));

    [Fact]
    public void Code_on_a_page_is_the_text_of_a_file_or_region_that_is_compiled() =>
        Assert.All(OfSamples, block => Assert.True(
            SourceRegions.All.Values.Contains(block.Text), $"{block.Place} stands in no sample and no snippet:\n{block.Text}\n{Nearest(block.Text)}"));

    [Fact]
    public void Every_compiled_snippet_stands_on_a_page()
    {
        var shown = AllBlocks.Select(block => block.Text).ToHashSet();
        Assert.All(SourceRegions.All, snippet => Assert.True(shown.Contains(snippet.Value), $"No page shows {snippet.Key}."));
    }

    private static string Nearest(string text)
    {
        var lines = text.Split('\n').ToHashSet();
        var nearest = SourceRegions.All.MaxBy(region => region.Value.Split('\n').Count(lines.Contains));
        return $"The nearest is {nearest.Key}:\n{nearest.Value}";
    }
}
