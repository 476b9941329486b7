using System.Text.RegularExpressions;
using WorkerPool.Manifests.Tests.Building;

namespace WorkerPool.Manifests.Tests;

/// <summary>Manifests and Dockerfiles on the pages are sound.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void A_kustomization_on_a_page_builds_beside_ours()
    {
        var blocks = BlocksOf("yaml").ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            var folder = Directory.CreateTempSubdirectory("wp-manifests-");
            try
            {
                Repository.CopyManifests(folder.FullName);
                var own = folder.CreateSubdirectory("prod");
                File.WriteAllText(Path.Combine(own.FullName, "kustomization.yaml"), block);
                var text = Kubectl.Kustomize(own.FullName);
                Assert.NotEmpty(Overlay.Read(text));
                Assert.DoesNotContain("image: workerpool/", text, StringComparison.Ordinal);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
    }

    [Fact]
    public void A_Dockerfile_on_a_page_adds_a_library_to_an_image_of_ours()
    {
        var block = Assert.Single(BlocksOf("dockerfile")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["FROM", "COPY", "ENV"], block.Select(line => line.Split(' ')[0]));
        Assert.Equal("workerpool/worker:0.1.0", block[0].Split(' ')[1]);
        var folder = block[1].Split(' ')[^1];
        var (name, path) = block[2].Split(' ')[1].Split('=') is [var key, var value] ? (key, value) : ("", "");
        Assert.Equal($"{WorkerHost.Keeping.KeeperOptions.Section}__{nameof(WorkerHost.Keeping.KeeperOptions.Functions)}__0", name);
        Assert.StartsWith(folder, path, StringComparison.Ordinal);
    }

    private static IEnumerable<string> BlocksOf(string language) => Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
        .SelectMany(path => BlockPattern().Matches(File.ReadAllText(path)))
        .Where(block => block.Groups[1].Value == language)
        .Select(block => block.Groups[2].Value);

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
