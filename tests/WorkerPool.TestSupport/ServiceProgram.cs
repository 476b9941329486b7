using System.Diagnostics;

namespace WorkerPool.TestSupport;

/// <summary>
/// A program of ours that serves, in a process of its own, with a directory for temporary files of its own, so that what
/// it leaves behind can be told.
/// </summary>
public abstract class ServiceProgram : IAsyncDisposable
{
    /// <summary>Longer than anything here takes, on the slowest machine: what takes longer hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _temporaryFiles = Directory.CreateTempSubdirectory("wp-test-");
    private readonly Task _output;

    /// <summary>Starts the program.</summary>
    /// <param name="library">File name of its library, which lies beside the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its environment beside ours.</param>
    /// <param name="workingDirectory">Where it is started. Default: where we are.</param>
    protected ServiceProgram(
        string library, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings, string workingDirectory = "")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, library), .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _temporaryFiles.FullName;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = Task.WhenAll(DrainAsync(_process.StandardOutput), DrainAsync(_process.StandardError));
        Ended = EndAsync();
    }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Its directory for temporary files.</summary>
    public string TemporaryFiles => _temporaryFiles.FullName;

    /// <summary>What it prints.</summary>
    public ProgramLog Log { get; } = new();

    /// <summary>Its exit code, once it has ended and its output is read.</summary>
    public Task<int> Ended { get; }

    /// <summary>What it has left behind.</summary>
    public virtual IReadOnlyList<string> Leftovers() =>
        [.. _temporaryFiles.EnumerateFileSystemInfos("workerpool-*").Select(entry => entry.FullName)];

    /// <summary>Sends SIGTERM and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        try
        {
            if (!Ended.IsCompleted)
            {
                ProcessSignals.Send(ProcessId, ProcessSignals.Terminate);
            }
        }
        catch (InvalidOperationException) when (!ProcessSignals.IsAlive(ProcessId))
        {
            // It has ended, and its output is still being read.
        }

        return await Ended.WaitAsync(Limit);
    }

    /// <summary>Sends SIGKILL and waits for its end, and until nothing is left of it.</summary>
    public async Task KillAsync()
    {
        ProcessSignals.Send(ProcessId, ProcessSignals.Kill);
        await Ended;
        await Eventually.AskAsync(() => Task.FromResult(string.Join(", ", Leftovers())), left => left.Length == 0);
        _process.Dispose();
        _temporaryFiles.Delete(recursive: true);
    }

    /// <summary>Stops it if it runs.</summary>
    /// <exception cref="InvalidOperationException">It did not stop.</exception>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await StopAsync();
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"the program did not stop:\n{Log.Text}");
        }
        finally
        {
            await Ended;
            _process.Dispose();
            _temporaryFiles.Delete(recursive: true);
        }
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _output;
        Log.End();
        return _process.ExitCode;
    }

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Log.Add(line);
        }
    }
}
