namespace WorkerPool.Cli.Input;

/// <summary>Reads the lines of a stream as bytes, without their ends (LF or CRLF) and without a byte order mark.</summary>
/// <param name="stream">The stream.</param>
/// <param name="maxLineBytes">The longest line that is kept, in bytes.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes = LineReader.DefaultMaxLineBytes)
{
    /// <summary>Far above what any pool takes as an item, so that a file without line ends cannot use up the memory.</summary>
    public const int DefaultMaxLineBytes = 256 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>Number of the current line. Range: 1 and up.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The current line. Valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the current line was too long to be kept; then <see cref="Line"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line, if there is one.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool Read()
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                Take(searched + at, withEnd: true);
                return true;
            }

            searched = _end - _start;
            if (searched > maxLineBytes)
            {
                // Only whether it ended in CR matters of the rest, and that not much.
                IsTooLong = true;
                _start = _end;
                searched = 0;
            }

            if (!_atEnd && Fill())
            {
                continue;
            }

            if (_end == _start && !IsTooLong)
            {
                return false;
            }

            Take(_end - _start, withEnd: false);
            return true;
        }
    }

    private void Take(int length, bool withEnd)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + (withEnd ? 1 : 0);
        LineNumber++;
        if (IsTooLong)
        {
            Line = default;
            return;
        }

        if (LineNumber == 1 && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        Line = line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
        return read > 0;
    }
}
