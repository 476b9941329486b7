using System.Diagnostics;

namespace WorkerPool.Command.Tests;

/// <summary>
/// The command as a process of its own, with a directory for temporary files of its own, so that what it leaves behind
/// can be told.
/// </summary>
public sealed class CommandRun : IAsyncDisposable
{
    /// <summary>Longer than anything here takes, on the slowest machine: what takes longer hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "workerpool.dll");

    private readonly Process _process;
    private readonly DirectoryInfo _temporaryFiles;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly Task _readErrors;
    private bool _outputClosed;

    private CommandRun(Process process, DirectoryInfo temporaryFiles)
    {
        _process = process;
        _temporaryFiles = temporaryFiles;
        _readErrors = ReadAsync(process.StandardError, _errors);
    }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Processes of its workers that are there.</summary>
    public IReadOnlyList<int> WorkerProcessIds => RunProcesses.WorkersOf(_temporaryFiles.FullName);

    /// <summary>Starts the command. Its stdin is empty and stays open.</summary>
    public static CommandRun Start(params IEnumerable<string> arguments) => Start("dotnet", [Program, .. arguments]);

    /// <summary>Starts a script of bash, where $1 is the command's program.</summary>
    public static CommandRun StartScript(string script) => Start("bash", ["-c", script, "bash", Program]);

    /// <summary>Runs the command to its end.</summary>
    /// <param name="input">Its stdin.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<CommandResult> ToEndAsync(string input, params IEnumerable<string> arguments)
    {
        await using var run = Start(arguments);
        try
        {
            await run._process.StandardInput.WriteAsync(input);
            run._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all, as it does over a usage error.
        }

        return await run.EndAsync();
    }

    /// <summary>The next line of stdout.</summary>
    public async Task<string> OutputLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit)
            ?? throw new InvalidOperationException($"it ended early\n{await EndAsync()}");
        _output.Add(line);
        return line;
    }

    /// <summary>Reads its stdout no more.</summary>
    public void CloseOutput()
    {
        _outputClosed = true;
        _process.StandardOutput.Close();
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => ProcessSignals.Send(ProcessId, signal);

    /// <summary>Waits for its end, and checks that it has left no process and no directory.</summary>
    public async Task<CommandResult> EndAsync()
    {
        if (!_outputClosed)
        {
            await ReadAsync(_process.StandardOutput, _output).WaitAsync(Limit);
        }

        await _process.WaitForExitAsync().WaitAsync(Limit);
        await _readErrors.WaitAsync(Limit);
        var result = new CommandResult(_process.ExitCode, _output, _errors);
        try
        {
            // Where it ends by a signal its reaper ends a moment later.
            await Eventually.AskAsync(() => Task.FromResult(Leftovers()), left => left.Length == 0);
        }
        catch (TimeoutException error)
        {
            Assert.Fail($"it left something: {error.Message}\n{result}");
        }

        return result;
    }

    private string Leftovers() => string.Join(
        ", ",
        [
            .. RunProcesses.Of(_temporaryFiles.FullName).Select(id => $"process {id}"),
            .. _temporaryFiles.EnumerateFileSystemInfos("workerpool-*").Select(entry => entry.FullName),
        ]);

    /// <summary>Ends it, whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _temporaryFiles.Delete(recursive: true);
    }

    private static CommandRun Start(string program, IEnumerable<string> arguments)
    {
        var temporaryFiles = Directory.CreateTempSubdirectory("wp-command-");

        // Whoever runs the tests in the background may have them ignore Ctrl-C, and what they start inherits that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,PIPE", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = temporaryFiles.FullName;
        return new CommandRun(Process.Start(start)!, temporaryFiles);
    }

    private static async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }
    }
}
