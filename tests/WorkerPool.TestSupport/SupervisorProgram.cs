using System.Diagnostics;

namespace WorkerPool.TestSupport;

/// <summary>
/// The Supervisor as a program, in a process of its own, with a directory for temporary files of its own, so that what
/// it leaves behind can be told.
/// </summary>
public sealed class SupervisorProgram : IAsyncDisposable
{
    /// <summary>Longer than anything here takes, on the slowest machine: what takes longer hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _temporaryFiles;
    private readonly Task _output;

    private SupervisorProgram(Process process, DirectoryInfo temporaryFiles)
    {
        _process = process;
        _temporaryFiles = temporaryFiles;
        _output = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
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

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its environment beside ours, such as Pool__Workers.</param>
    /// <param name="workingDirectory">Where it is started. Default: where we are.</param>
    public static SupervisorProgram Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string workingDirectory = "")
    {
        var temporaryFiles = Directory.CreateTempSubdirectory("wp-test-");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "WorkerPool.Supervisor.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Programs that run at once must not want the same port.
        start.Environment["Listen__Http"] = "http://127.0.0.1:0";
        start.Environment["TMPDIR"] = temporaryFiles.FullName;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new SupervisorProgram(Process.Start(start)!, temporaryFiles);
    }

    /// <summary>The processes of workers it has reported as ready, also those that have ended.</summary>
    public IReadOnlyList<int> WorkerProcessIds =>
    [
        .. Log.Lines
            .Select(line => System.Text.RegularExpressions.Regex.Match(line, @"worker-\d+ \(incarnation \d+, process (\d+)\) is ready"))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>What it and the workers that have died have left behind while it runs: processes of their groups, and sockets
    /// and recorders beyond those of the workers there may be.</summary>
    /// <param name="workers">How many workers there may be.</param>
    public IReadOnlyList<string> LeftoversOfTheDead(int workers)
    {
        var dead = WorkerProcessIds.Where(id => !ProcessSignals.IsAlive(id)).ToHashSet();
        var files = _temporaryFiles.EnumerateDirectories("workerpool-*")
            .SelectMany(directory => directory.EnumerateFiles())
            .GroupBy(file => file.Extension)
            .Where(files => files.Key is ".sock" or ".rec" && files.Count() > workers);
        return
        [
            .. ProcessGroups.LivingMembersOf(dead).Select(id => $"process {id}"),
            .. files.Select(files => $"{files.Count()} files {files.Key}"),
        ];
    }

    /// <summary>What it and its workers have left behind: processes of the workers' groups, directories.</summary>
    public IReadOnlyList<string> Leftovers() =>
    [
        .. ProcessGroups.LivingMembersOf(WorkerProcessIds).Select(id => $"process {id}"),
        .. _temporaryFiles.EnumerateFileSystemInfos("workerpool-*").Select(entry => entry.FullName),
    ];

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

    /// <summary>Sends SIGKILL and waits for its end, and until nothing is left of it and its workers.</summary>
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
        try
        {
            await StopAsync();
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"the Supervisor did not stop:\n{Log.Text}");
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
