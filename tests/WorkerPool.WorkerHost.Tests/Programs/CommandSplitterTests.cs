using CsCheck;
using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Tests.Programs;

public class CommandSplitterTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" \t\n ", new string[0])]
    [InlineData("wc -c {}", new[] { "wc", "-c", "{}" })]
    [InlineData("  a\t b\nc  ", new[] { "a", "b", "c" })]
    [InlineData("awk '{print $1}' {}", new[] { "awk", "{print $1}", "{}" })]
    [InlineData("a 'b \"c\" \\' d", new[] { "a", "b \"c\" \\", "d" })]
    [InlineData("a \"b 'c' \\\" \\$ \\` \\\\ \\n\"", new[] { "a", "b 'c' \" $ ` \\ \\n" })]
    [InlineData("a\\ b \\' \\\\", new[] { "a b", "'", "\\" })]
    [InlineData("--x='a b'\"c d\"e", new[] { "--x=a bc de" })]
    [InlineData("'' \"\" a", new[] { "", "", "a" })]
    [InlineData("$HOME ~ *.txt #x !", new[] { "$HOME", "~", "*.txt", "#x", "!" })]
    [InlineData("find . -exec ls '{}' \\;", new[] { "find", ".", "-exec", "ls", "{}", ";" })]
    [InlineData("grep '|' \">\" a|b", new[] { "grep", "|", ">", "a|b" })]
    public void A_line_becomes_words(string line, string[] words)
    {
        Assert.True(CommandSplitter.TrySplit(line, out var split, out var problem), problem);
        Assert.Equal(words, split);
        Assert.Empty(problem);
    }

    [Theory]
    [InlineData("a 'b c", "the quote ' at character 3 is never closed.")]
    [InlineData("a \"b c\\\"", "the quote \" at character 3 is never closed.")]
    [InlineData("a b\\", "it ends in a backslash")]
    [InlineData("a | b", "| is for a shell")]
    [InlineData("a && b", "&& is for a shell")]
    [InlineData("a 2>&1", "2>&1 is for a shell")]
    [InlineData("a > b", "> is for a shell")]
    public void What_is_wrong_with_a_line_is_said(string line, string problem)
    {
        Assert.False(CommandSplitter.TrySplit(line, out var split, out var said));
        Assert.Empty(split);
        Assert.StartsWith(problem, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_are_quoted_come_back_whatever_is_in_them() => Gen.String[Gen.Char[" \t'\"\\$`|;{}aä\n"], 0, 12].Array[0, 6].Sample(words =>
    {
        var line = string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        Assert.True(CommandSplitter.TrySplit(line, out var split, out _));
        Assert.Equal(words, split);
    });
}
