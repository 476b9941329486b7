using System.Text;

namespace WorkerPool.Processes.Programs;

/// <summary>
/// Holds the end of what a program writes to stderr: the error of one that fails has it, so that nobody need be told twice. What
/// is before that is passed on as it comes. Safe for several threads.
/// </summary>
/// <param name="passOn">Takes what is passed on.</param>
internal sealed class ErrorTail(ErrorTail.Taker passOn)
{
    private const int MaxBytes = 4 << 10;
    private const int MaxLines = 20;

    private readonly Lock _lock = new();
    private byte[] _held = [];
    private bool _isCut;

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">UTF-8 text, cut anywhere.</param>
    public delegate void Taker(ReadOnlySpan<byte> bytes);

    /// <summary>Takes what was written next.</summary>
    /// <param name="bytes">UTF-8 text, cut anywhere.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            byte[] all = [.. _held, .. bytes];
            var start = StartOfTail(all);
            if (start > 0)
            {
                passOn(all.AsSpan(0, start));
                _isCut = all[start - 1] != '\n';
            }

            _held = all[start..];
        }
    }

    /// <summary>The last lines, without those that are cut off or empty, and without the last line end.</summary>
    public string LastLines()
    {
        lock (_lock)
        {
            var lines = Encoding.UTF8.GetString(_held).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToList();
            if (_isCut && lines.Count > 1)
            {
                lines.RemoveAt(0);
            }

            return string.Join('\n', lines);
        }
    }

    /// <summary>Passes on what is held, as lines that are whole: the next one's first line is not to go on in this one's last.</summary>
    public void PassOnAll()
    {
        lock (_lock)
        {
            if (_held.Length > 0)
            {
                passOn(_held);
                if (_held[^1] != '\n')
                {
                    passOn("\n"u8);
                }
            }

            _held = [];
        }
    }

    // Whole lines go, unless one alone is too long.
    private static int StartOfTail(ReadOnlySpan<byte> all)
    {
        var start = Math.Max(0, all.Length - MaxBytes);
        if (start > 0 && all[start - 1] != '\n' && all[start..^1].IndexOf((byte)'\n') is var end and >= 0)
        {
            start += end + 1;
        }

        var lineStart = all.Length > 0 && all[^1] == '\n' ? all.Length - 1 : all.Length;
        for (var lines = 0; lines < MaxLines && lineStart > 0; lines++)
        {
            lineStart = all[..Math.Max(0, lineStart - (lines == 0 ? 0 : 1))].LastIndexOf((byte)'\n') + 1;
        }

        return Math.Max(start, lineStart);
    }
}
