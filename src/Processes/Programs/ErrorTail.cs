using System.Text;

namespace WorkerPool.Processes.Programs;

/// <summary>Keeps the end of what a program writes to stderr.</summary>
internal sealed class ErrorTail
{
    private const int MaxBytes = 4 << 10;
    private const int MaxLines = 20;

    private readonly byte[] _bytes = new byte[2 * MaxBytes];
    private readonly Lock _lock = new();
    private int _count;
    private bool _isCut;

    /// <summary>Takes what was written next.</summary>
    /// <param name="bytes">UTF-8 text, cut anywhere.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (bytes.Length > MaxBytes)
            {
                _isCut = true;
                bytes = bytes[^MaxBytes..];
            }

            if (_count + bytes.Length > _bytes.Length)
            {
                _isCut = true;
                _bytes.AsSpan(_count - MaxBytes, MaxBytes).CopyTo(_bytes);
                _count = MaxBytes;
            }

            bytes.CopyTo(_bytes.AsSpan(_count));
            _count += bytes.Length;
        }
    }

    /// <summary>The last lines, without those that are cut off or empty, and without the last line end.</summary>
    public string LastLines()
    {
        lock (_lock)
        {
            var start = Math.Max(0, _count - MaxBytes);
            var text = Encoding.UTF8.GetString(_bytes, start, _count - start);
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToList();
            if ((start > 0 || _isCut) && lines.Count > 1)
            {
                lines.RemoveAt(0);
            }

            return string.Join('\n', lines.TakeLast(MaxLines));
        }
    }
}
