using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WorkerPool.Docs.Tests.Programs;

/// <summary>A Supervisor as a process of its own, on a free port.</summary>
internal sealed partial class SupervisorProgram : IAsyncDisposable
{
    private const int StoppedAsTold = 0;
    private readonly Process _process;
    private readonly List<string> _output;
    private readonly Task<string> _errors;

    private SupervisorProgram(Process process, List<string> output, Task<string> errors, string? authority)
    {
        _process = process;
        _output = output;
        _errors = errors;
        Authority = authority;
    }

    /// <summary>Host and port that it listens on; <c>null</c> if it ended in place of listening.</summary>
    public string? Authority { get; }

    /// <summary>What it has written so far.</summary>
    public ProgramRun SoFar => new(StoppedAsTold, [.. _output], []);

    /// <summary>Starts one, and waits until it listens or has ended.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its settings beside them.</param>
    public static async Task<SupervisorProgram> StartAsync(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = BuiltPrograms.Start("WorkerPool.Supervisor.dll", arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["Listen__Grpc"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = new List<string>();
        string? authority = null;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.Add(line);
            authority ??= ListeningPattern().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                break;
            }
        }

        return new SupervisorProgram(process, output, errors, authority);
    }

    /// <summary>Tells it to stop, if it has not ended, and waits for its end.</summary>
    public async Task<ProgramRun> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
            await kill.WaitForExitAsync(CancellationToken.None);
        }

        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _output.Add(line);
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var errors = (await _errors).TrimEnd('\n');
        return new ProgramRun(_process.ExitCode, _output, errors.Length == 0 ? [] : errors.Split('\n'));
    }

    /// <summary>Stops it, and expects that it ends well.</summary>
    public async Task StopWellAsync()
    {
        var run = await StopAsync();
        Assert.True(run.ExitCode == StoppedAsTold, $"The Supervisor did not stop well.\n{run}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: http://(\S+)")]
    private static partial Regex ListeningPattern();
}
