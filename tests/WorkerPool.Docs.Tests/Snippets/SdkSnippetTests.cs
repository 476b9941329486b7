using WorkerPool.Client;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Local;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/sdk.md prints what the page shows below it.</summary>
public sealed class SdkSnippetTests
{
    private static readonly Dictionary<string, Func<Pool, Task>> Snippets = new()
    {
        ["methods"] = _ => SdkSnippets.MethodsAsync(),
        ["process"] = SdkSnippets.ProcessAsync,
        ["local"] = _ => SdkSnippets.LocalAsync(),
        ["connect"] = _ => SdkSnippets.ConnectAsync(),

        // Compiled alone: the environment is that of all tests.
        ["connect-profile"] = _ => Task.CompletedTask,
        ["addresses"] = _ => SdkSnippets.AddressesAsync(),

        // Compiled alone: there is no such name.
        ["cells"] = _ => Task.CompletedTask,
        ["maps"] = SdkSnippets.MapsAsync,
        ["failure"] = SdkSnippets.FailureAsync,
        ["calls"] = SdkSnippets.CallsAsync,
        ["handles"] = SdkSnippets.HandlesAsync,
        ["outcomes"] = SdkSnippets.OutcomesAsync,
        ["options"] = SdkSnippets.OptionsAsync,
        ["progress"] = SdkSnippets.ProgressAsync,
        ["shared"] = SdkSnippets.SharedAsync,
        ["shared-method"] = SdkSnippets.SharedMethodAsync,
        ["window"] = SdkSnippets.WindowAsync,
        ["cancellation"] = SdkSnippets.CancellationAsync,
        ["encodings"] = SdkSnippets.EncodingsAsync,
    };

    [Fact]
    public async Task Each_snippet_prints_what_the_page_shows_below_it()
    {
        var blocks = Page.Read("docs/sdk.md").Blocks;
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions { Workers = "2" }, TestContext.Current.CancellationToken);
        foreach (var (index, block) in blocks.Index().Where(each => each.Item.Language == "csharp"))
        {
            var region = SourceRegions.All.Single(each => each.Value == block.Text).Key;
            var printed = Console.Collect();
            await Snippets[region.Split('#')[1]](pool);
            var shown = index + 1 < blocks.Count && blocks[index + 1].Language == "text" ? blocks[index + 1].Text : "";
            Assert.Equal(shown, printed.ToString().TrimEnd('\n'));
        }
    }
}
