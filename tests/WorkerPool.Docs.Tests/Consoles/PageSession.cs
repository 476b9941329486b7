using System.Diagnostics;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>
/// Someone who types a page's commands, in order, into a shell in an empty directory that holds the function libraries.
/// </summary>
internal sealed class PageSession : IAsyncDisposable
{
    private const string ShownPort = "50051";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workerpool-docs-");
    private readonly string? _buf;
    private SupervisorProgram? _supervisor;
    private int _lastExitCode;

    /// <summary>A session.</summary>
    /// <param name="buf">Path of buf, which makes grpcurl's calls.</param>
    public PageSession(string? buf)
    {
        _buf = buf;
        foreach (var file in Directory.GetFiles(BuiltPrograms.Libraries))
        {
            File.Copy(file, Path.Combine(_directory.FullName, Path.GetFileName(file)));
        }
    }

    /// <summary>Types a command.</summary>
    public async Task<ProgramRun> TypeAsync(ConsoleCommand command)
    {
        if (command.Line.Contains(ShownPort, StringComparison.Ordinal))
        {
            _supervisor ??= await SupervisorProgram.StartAsync([], []);
        }

        var port = _supervisor?.Authority?.Split(':')[^1] ?? ShownPort;
        var run = Description.IsAskedBy(command.Line)
            ? await Description.OfAsync(command.Line, _supervisor!.Authority!)
            : await ProgramRun.OfAsync(Shell(command.Line.Replace(ShownPort, port, StringComparison.Ordinal)));
        run = command.IsCall ? CallErrors.AsGrpcurlSays(run) : run;
        _lastExitCode = run.ExitCode;
        return AsShown(run, port);
    }

    /// <summary>Starts the Supervisor that the calls below go to, in place of one that runs.</summary>
    /// <returns>What it wrote until it listened, or ended.</returns>
    public async Task<ProgramRun> StartSupervisorAsync(ConsoleCommand command)
    {
        await StopSupervisorAsync();
        var words = command.Line.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);
        var settings = words.TakeWhile(word => word != "dotnet").Select(word => word.Split('=', 2));
        var arguments = words.SkipWhile(word => word != "--").Skip(1);
        _supervisor = await SupervisorProgram.StartAsync(arguments, settings.Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        if (_supervisor.Authority is { } authority)
        {
            return AsShown(_supervisor.SoFar, authority.Split(':')[^1]);
        }

        var run = await _supervisor.StopAsync();
        await _supervisor.DisposeAsync();
        _supervisor = null;
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopSupervisorAsync();
        _directory.Delete(recursive: true);
    }

    private static ProgramRun AsShown(ProgramRun run, string port)
    {
        return run with { Output = Lines(run.Output), Errors = Lines(run.Errors) };

        IReadOnlyList<string> Lines(IReadOnlyList<string> lines) =>
            [.. lines.Select(line => line.Replace(":" + port, ":" + ShownPort, StringComparison.Ordinal))];
    }

    private async Task StopSupervisorAsync()
    {
        if (_supervisor is { } supervisor)
        {
            _supervisor = null;
            await using (supervisor)
            {
                await supervisor.StopWellAsync();
            }
        }
    }

    private ProcessStartInfo Shell(string line)
    {
        // What stands before the line is the state that a shell would have kept.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"(exit {_lastExitCode})\n{line}"]) { WorkingDirectory = _directory.FullName };
        start.Environment["PATH"] = $"{Path.Combine(BuiltPrograms.Folder, "Shims")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["DOCS_DOTNET"] = BuiltPrograms.Dotnet;
        start.Environment["DOCS_PROGRAMS"] = BuiltPrograms.Folder;
        start.Environment["WORKERPOOL_BUF"] = _buf;
        return start;
    }
}
