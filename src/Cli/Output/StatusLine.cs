namespace WorkerPool.Cli.Output;

/// <summary>
/// stderr: whole lines, and below them, where that is wanted, a line of progress that is drawn again and again. Lines may
/// come from several threads.
/// </summary>
/// <remarks>
/// By hand, because the live display of Spectre.Console (0.57) leaves the tail of its bar behind every shorter line
/// written above it, and wipes the screen and all that has scrolled off it when the terminal is made narrower.
/// </remarks>
internal sealed class StatusLine : IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly bool _isTerminal;
    private readonly bool _sharesTerminal;
    private ITimer? _timer;
    private Func<int, string>? _progress;
    private bool _drawn;

    /// <summary>The line.</summary>
    /// <param name="writer">stderr.</param>
    /// <param name="isTerminal">Whether that is a terminal.</param>
    /// <param name="sharesTerminal">Whether results go to the same terminal.</param>
    public StatusLine(TextWriter writer, bool isTerminal, bool sharesTerminal)
    {
        _writer = writer;
        _isTerminal = isTerminal;
        _sharesTerminal = isTerminal && sharesTerminal;
    }

    /// <summary>Writes a line.</summary>
    public void WriteLine(string line)
    {
        lock (_lock)
        {
            Clear();
            _writer.WriteLine(line);
        }
    }

    /// <summary>Shows progress from now on.</summary>
    /// <param name="mode">When to.</param>
    /// <param name="progress">The line of progress, for a width in columns.</param>
    /// <returns>Whether it is shown.</returns>
    public bool Start(ProgressMode mode, Func<int, string> progress)
    {
        if (mode == ProgressMode.Never || (mode == ProgressMode.Auto && !_isTerminal))
        {
            return false;
        }

        _progress = progress;
        var period = _isTerminal ? RedrawEvery : RepeatEvery;
        _timer = TimeProvider.System.CreateTimer(_ => Draw(), null, period, period);
        return true;
    }

    /// <summary>Runs something that writes results, out of the way of the line of progress.</summary>
    public void Around(Action write)
    {
        if (!_sharesTerminal)
        {
            write();
            return;
        }

        lock (_lock)
        {
            Clear();
            write();
        }
    }

    /// <summary>Shows no progress any more. Where it is no terminal, the last state stays as a line.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            if (_progress is not null && !_isTerminal)
            {
                _writer.WriteLine(_progress(int.MaxValue));
            }

            _progress = null;
            Clear();
        }
    }

    public void Dispose() => Stop();

    private void Draw()
    {
        lock (_lock)
        {
            if (_progress is null)
            {
                return;
            }

            if (_isTerminal)
            {
                _writer.Write(ClearLine + _progress(Width()));
                _drawn = true;
            }
            else
            {
                _writer.WriteLine(_progress(int.MaxValue));
            }
        }
    }

    // The last column is left free: writing to it makes some terminals wrap.
    private static int Width()
    {
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        }
        catch (IOException)
        {
            return 79;
        }
    }

    private void Clear()
    {
        if (_drawn)
        {
            _writer.Write(ClearLine);
            _drawn = false;
        }
    }
}
