using System.Text.RegularExpressions;

namespace WorkerPool.Docs.Tests.Pages;

/// <summary>A page of the documentation: its fenced blocks, tables, links and headings.</summary>
internal sealed partial class Page
{
    private const string Fence = "```";

    private Page(string path, List<string> prose, List<FencedBlock> blocks)
    {
        Path = path;
        Prose = prose;
        Blocks = blocks;
    }

    /// <summary>Its path from the repository's root.</summary>
    public string Path { get; }

    /// <summary>Its lines outside of fenced blocks.</summary>
    public IReadOnlyList<string> Prose { get; }

    public IReadOnlyList<FencedBlock> Blocks { get; }

    /// <summary>Targets of its links.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => LinkPattern().Matches(line)).Select(match => match.Groups[1].Value);

    /// <summary>Its headings, as the targets of links within it.</summary>
    public IEnumerable<string> Anchors => Prose.Where(line => line.StartsWith('#')).Select(Anchor);

    public static Page Read(string path)
    {
        var prose = new List<string>();
        var blocks = new List<FencedBlock>();
        List<string>? block = null;
        var (language, start) = ("", 0);
        foreach (var (index, line) in Repository.Read(path).Split('\n').Index())
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                if (block is null)
                {
                    (block, language, start) = ([], line[Fence.Length..].Trim(), index + 1);
                }
                else
                {
                    blocks.Add(new FencedBlock(path, start, language, block));
                    block = null;
                }
            }
            else
            {
                (block ?? prose).Add(line);
            }
        }

        Assert.True(block is null, $"{path}:{start}: the block has no end.");
        return new Page(path, prose, blocks);
    }

    /// <summary>The rows of a table, cell by cell.</summary>
    /// <param name="heading">Text of the heading that the table stands below.</param>
    public IReadOnlyList<string[]> Table(string heading)
    {
        var rows = Prose
            .SkipWhile(line => line.TrimStart('#', ' ') != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|'))
            .Select(line => Cells(line))
            .ToList();
        Assert.True(rows.Count > 2, $"{Path} has no table below \"{heading}\".");
        return rows[2..];
    }

    private static string[] Cells(string line) =>
        [.. CellBorder().Split(line.Trim().Trim('|')).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    private static string Anchor(string heading) =>
        NoAnchorCharacter().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NoAnchorCharacter();
}
