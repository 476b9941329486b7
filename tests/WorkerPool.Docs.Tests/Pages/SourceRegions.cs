namespace WorkerPool.Docs.Tests.Pages;

/// <summary>The code that pages show, as it is compiled: whole files of samples, and regions.</summary>
internal static class SourceRegions
{
    private static readonly string[] Folders = ["samples/Examples", "samples/Tutorials", "tests/WorkerPool.Docs.Tests/Snippets"];
    private static readonly string[] Files =
    [
        "samples/Texts/Texts.cs", "samples/Readme/Program.cs", "samples/PdfText/PdfTexts.cs", "samples/PdfText/Program.cs",
        "samples/Thumbnails/Thumbnails.cs", "samples/Thumbnails/Program.cs",
    ];

    /// <summary>Each text by where it stands.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    private static Dictionary<string, string> Read()
    {
        var texts = Files.ToDictionary(file => file, file => Repository.Read(file).TrimEnd('\n'));
        foreach (var path in Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs")))
        {
            foreach (var (name, text) in Regions(File.ReadAllLines(path)))
            {
                texts.Add($"{Path.GetRelativePath(Repository.Root, path)}#{name}", text);
            }
        }

        return texts;
    }

    private static IEnumerable<(string Name, string Text)> Regions(string[] lines)
    {
        string? name = null;
        var region = new List<string>();
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("#region ", StringComparison.Ordinal))
            {
                name = line.TrimStart()["#region ".Length..];
                region.Clear();
            }
            else if (line.TrimStart() == "#endregion" && name is not null)
            {
                yield return (name, Dedented(region));
                name = null;
            }
            else
            {
                region.Add(line);
            }
        }
    }

    private static string Dedented(List<string> lines)
    {
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line)).Trim('\n');
    }
}
