namespace WorkerPool.Docs.Tests.Pages;

/// <summary>Links lead somewhere.</summary>
public sealed class Links
{
    public static TheoryData<string> AllPages => [.. Repository.Pages, "ARCHITECTURE.md", "k8s/README.md"];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_to_files_and_headings_that_exist(string path) =>
        Assert.All(Page.Read(path).Links, link => Assert.True(Resolves(path, link), $"{path} links to {link}, which is not there."));

    [Fact]
    public void The_readme_leads_to_every_page()
    {
        var links = Page.Read("README.md").Links.ToHashSet();
        Assert.All(Repository.Pages.Skip(1), page => Assert.Contains(page, links));
    }

    private static bool Resolves(string page, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal))
        {
            return Uri.IsWellFormedUriString(link, UriKind.Absolute);
        }

        var (file, anchor) = link.Split('#') is [var target, var heading] ? (target, heading) : (link, null);
        var path = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        var full = Path.Combine(Repository.Root, path);
        return (File.Exists(full) || Directory.Exists(full)) && (anchor is null || Page.Read(path).Anchors.Contains(anchor));
    }
}
