using System.Text;
using WorkerPool.Processes.Programs;

namespace WorkerPool.WorkerHost.Tests.Programs;

/// <summary>Each line of a program's stderr is passed on or held, and never both.</summary>
public sealed class ErrorTailTests
{
    private readonly StringBuilder _passedOn = new();

    [Fact]
    public void The_last_twenty_lines_are_held_and_those_before_passed_on_whole()
    {
        var tail = Tail();
        for (var line = 1; line <= 25; line++)
        {
            tail.Add(Encoding.UTF8.GetBytes($"line {line}\n"));
        }

        Assert.Equal("line 1\nline 2\nline 3\nline 4\nline 5\n", _passedOn.ToString());
        Assert.Equal(string.Join('\n', Enumerable.Range(6, 20).Select(line => $"line {line}")), tail.LastLines());
    }

    [Fact]
    public void It_does_not_matter_where_the_bytes_are_cut()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 30).Select(line => $"größe {line}\r\n")));
        var whole = Tail();
        whole.Add(text);
        var expected = (_passedOn.ToString(), whole.LastLines());

        _passedOn.Clear();
        var pieces = Tail();
        foreach (var piece in text.Chunk(3))
        {
            pieces.Add(piece);
        }

        Assert.Equal(expected, (_passedOn.ToString(), pieces.LastLines()));
    }

    [Fact]
    public void A_line_that_is_too_long_is_passed_on_but_for_its_end()
    {
        var tail = Tail();
        tail.Add(Encoding.UTF8.GetBytes(new string('x', 10_000)));

        Assert.Equal(10_000, _passedOn.Length + tail.LastLines().Length);
        Assert.Equal(4096, tail.LastLines().Length);
    }

    [Fact]
    public void What_is_held_can_be_passed_on_as_whole_lines()
    {
        var tail = Tail();
        tail.Add("one\ntwo"u8);
        Assert.Equal("", _passedOn.ToString());

        tail.PassOnAll();
        tail.PassOnAll();
        Assert.Equal("one\ntwo\n", _passedOn.ToString());
        Assert.Equal("", tail.LastLines());
    }

    private ErrorTail Tail() => new(bytes => _passedOn.Append(Encoding.UTF8.GetString(bytes)));
}
