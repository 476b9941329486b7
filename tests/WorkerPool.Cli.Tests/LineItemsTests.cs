using System.Text;
using CsCheck;
using WorkerPool.Cli.Input;

namespace WorkerPool.Cli.Tests;

public sealed class LineItemsTests
{
    [Fact]
    public void Json_lines_are_items_and_blank_lines_are_not() =>
        Assert.Equal(["1", "{\"a\": 2}", "\"x\""], Json("1\n\n{\"a\": 2}\r\n \t\r\n\"x\""));

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal(["1", "2"], Json("\uFEFF1\n2\n"));

    [Fact]
    public void A_broken_line_names_file_and_line()
    {
        var items = Json("1\n\n{\"a\":\n4\n");
        Assert.Equal("1", items[0]);
        Assert.StartsWith("in.jsonl, line 3: not one JSON value: ", items[1], StringComparison.Ordinal);
        Assert.Equal("4", items[2]);
    }

    [Fact]
    public void Strings_are_lines_as_they_are_and_empty_ones_count()
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes("a\n\n b \"q\"\r\n"));
        Assert.Equal(["\"a\"", "\"\"", "\" b \\\"q\\\"\""], LineItems.Strings(stream, "names.txt").Select(item => item.ToString()).ToList());
    }

    [Fact]
    public void A_string_that_is_not_utf8_is_a_broken_item()
    {
        var items = LineItems.Strings(new MemoryStream([0x61, 0x0A, 0xFF, 0x0A]), "names.txt").Select(item => item.Problem).ToList();
        Assert.Equal([null, "names.txt, line 2: not UTF-8 text"], items);
    }

    [Fact]
    public void A_line_too_long_is_skipped_and_the_next_one_read()
    {
        var reader = new LineReader(new Trickle(Encoding.UTF8.GetBytes($"1\n{new string('9', 300_000)}\n2\n"), 10_000), maxLineBytes: 100_000);
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.IsTooLong ? "too long" : Encoding.UTF8.GetString(reader.Line.Span));
        }

        Assert.Equal(["1", "too long", "2"], lines);
        Assert.Equal(3, reader.LineNumber);
    }

    [Fact]
    public void Lines_are_found_however_the_bytes_come() =>
        Gen.Select(Gen.String[Gen.Char["ab\n\r"], 0, 60], Gen.Int[1, 20]).Sample((text, atOnce) =>
        {
            var reader = new LineReader(new Trickle(Encoding.UTF8.GetBytes(text), atOnce));
            var lines = new List<string>();
            while (reader.Read())
            {
                lines.Add(Encoding.UTF8.GetString(reader.Line.Span));
            }

            var expected = text.Split('\n').ToList();
            if (expected[^1].Length == 0)
            {
                expected.RemoveAt(expected.Count - 1);
            }

            Assert.Equal(expected.Select(line => line.EndsWith('\r') ? line[..^1] : line), lines);
        });

    private static List<string> Json(string text) =>
        [.. LineItems.Json(new MemoryStream(Encoding.UTF8.GetBytes(text)), "in.jsonl").Select(item => item.ToString())];

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, atOnce));
    }
}
