using System.Text.RegularExpressions;
using WorkerPool.Client;
using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Tables;

/// <summary>docs/explain.md lists every kind of finding.</summary>
public sealed partial class FindingsTable
{
    [Fact]
    public void Every_kind_has_a_row_and_every_row_is_a_kind() => Assert.Equal(
        Enum.GetNames<FindingKind>().Where(name => name != nameof(FindingKind.Unknown)).Order(StringComparer.Ordinal),
        Page.Read("docs/explain.md").Table("Findings").Select(row => Word().Replace(Cells.Code(row[0]).ToLowerInvariant(), each => each.Groups[1].Value.ToUpperInvariant())).Order(StringComparer.Ordinal));

    [Fact]
    public void A_row_gives_a_sentence_and_says_what_to_do() => Assert.All(Page.Read("docs/explain.md").Table("Findings"), row =>
    {
        Assert.Equal(3, row.Length);
        Assert.EndsWith(".", row[1], StringComparison.Ordinal);
        Assert.NotEmpty(row[2]);
    });

    [GeneratedRegex("(?:^|_)([a-z])")]
    private static partial Regex Word();
}
