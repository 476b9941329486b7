using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace WorkerPool.Command.Tests;

/// <summary>The command on a pseudo-terminal of its own, which <c>script</c> of util-linux makes.</summary>
public sealed partial class TerminalRun : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "workerpool.dll");

    private readonly Process _process;
    private readonly StringBuilder _written = new();
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;

    private TerminalRun(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Everything that was written to the terminal.</summary>
    public string Written
    {
        get
        {
            lock (_written)
            {
                return _written.ToString();
            }
        }
    }

    /// <summary>Starts the command; skips the test where no terminal can be made.</summary>
    /// <param name="columns">Columns of the terminal.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="arguments">The command's arguments.</param>
    public static TerminalRun Start(int columns, int lines, params IEnumerable<string> arguments)
    {
        const string Missing = "needs script, which makes a terminal: apt-get install bsdutils";
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1", Missing);
            Assert.Fail(Missing);
        }

        var words = string.Join(' ', new[] { "dotnet", Program }.Concat(arguments).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

        // Whoever runs the tests in the background may have them ignore Ctrl-C, and what they start inherits that.
        var start = new ProcessStartInfo(
            "env",
            [
                "--default-signal=INT,QUIT,PIPE", "/usr/bin/script", "--quiet", "--return", "--flush",
                "--command", $"stty rows {lines} cols {columns}; exec {words}", "/dev/null",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        return new TerminalRun(Process.Start(start)!);
    }

    /// <summary>Waits for a picture.</summary>
    /// <param name="isWanted">Whether it is as wanted: its text, without colours, a line a row.</param>
    /// <returns>Its text.</returns>
    public async Task<string> PictureAsync(Func<string, bool> isWanted)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task more;
            string written;
            lock (_written)
            {
                more = _isOver ? Task.FromException(new InvalidOperationException("it ended")) : _more.Task;
                written = _written.ToString();
            }

            if (Last(written) is { } picture && isWanted(picture))
            {
                return picture;
            }

            try
            {
                var left = CommandRun.Limit - TimeProvider.System.GetElapsedTime(startedAt);
                await more.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (Exception error) when (error is TimeoutException or InvalidOperationException)
            {
                throw new InvalidOperationException($"no such picture came ({error.Message}); it wrote\n{written}", error);
            }
        }
    }

    /// <summary>Waits until more is written.</summary>
    public async Task WrittenMoreAsync()
    {
        Task more;
        lock (_written)
        {
            if (_isOver)
            {
                throw new InvalidOperationException($"it ended; it wrote\n{_written}");
            }

            more = _more.Task;
        }

        await more.WaitAsync(CommandRun.Limit);
    }

    /// <summary>Presses keys.</summary>
    /// <param name="keys">The characters that they send.</param>
    public async Task PressAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(CommandRun.Limit);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Ends it, whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    /// <summary>A text without what steers a terminal.</summary>
    public static string Plain(string written) => Control().Replace(written, "").Replace("\r", "", StringComparison.Ordinal);

    // The last one that was written whole.
    private static string? Last(string written)
    {
        var end = written.LastIndexOf("\u001b[J", StringComparison.Ordinal);
        var begin = end < 0 ? -1 : written.LastIndexOf("\u001b[H", end, StringComparison.Ordinal);
        return begin < 0 ? null : Plain(written[begin..end]);
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            Note(() => _written.Append(buffer, 0, count));
        }

        Note(() => _isOver = true);
    }

    private void Note(Action change)
    {
        TaskCompletionSource more;
        lock (_written)
        {
            change();
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    [GeneratedRegex(@"\u001b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Control();
}
