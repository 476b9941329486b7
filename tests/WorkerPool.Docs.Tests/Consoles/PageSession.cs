using System.Diagnostics;
using System.Text.RegularExpressions;
using WorkerPool.Docs.Tests.Pages;
using WorkerPool.Docs.Tests.Programs;
using WorkerPool.TestSupport;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>
/// Someone who types a page's commands, in order, into a shell in an empty directory that holds the function libraries, and
/// samples as if they were built there.
/// </summary>
internal sealed class PageSession : IAsyncDisposable
{
    private const string ShownPort = "50051";
    private const string ShownHttpPort = "8080";
    private const string ShownKeeperPort = "50060";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workerpool-docs-");
    private readonly string? _buf;
    private SupervisorProgram? _supervisor;
    private KeeperProgram? _keeper;
    private string _port = ShownPort;
    private string _httpPort = ShownHttpPort;
    private string _keeperPort = ShownKeeperPort;
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

        Directory.CreateSymbolicLink(Path.Combine(_directory.FullName, "protos"), Path.Combine(Repository.Root, "protos"));
        foreach (var sample in BuiltPrograms.Samples)
        {
            var release = Path.Combine(_directory.CreateSubdirectory($"samples/{sample}/bin/Release").FullName, "net10.0");
            Directory.CreateSymbolicLink(release, BuiltPrograms.FolderOf(sample));
        }
    }

    /// <summary>Types a command.</summary>
    public async Task<ProgramRun> TypeAsync(ConsoleCommand command)
    {
        if ((command.Line.Contains(ShownPort, StringComparison.Ordinal) || command.Line.Contains(":" + ShownHttpPort, StringComparison.Ordinal)) && _supervisor is null)
        {
            await StartSupervisorAsync([], []);
        }

        var run = Description.IsAskedBy(command.Line)
            ? await Description.OfAsync(command.Line, $"127.0.0.1:{_port}")
            : await ProgramRun.OfAsync(Shell(command.Line.Replace(ShownPort, _port, StringComparison.Ordinal).Replace(":" + ShownHttpPort, ":" + _httpPort, StringComparison.Ordinal)));
        run = command.IsCall ? CallErrors.AsGrpcurlSays(run) : run;
        _lastExitCode = run.ExitCode;
        return AsShown(run);
    }

    /// <summary>Starts a Supervisor, which takes the place of the one that runs, if it listens.</summary>
    /// <returns>What it wrote until it listened, or ended.</returns>
    public Task<ProgramRun> StartSupervisorAsync(ConsoleCommand command)
    {
        var words = command.Line.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);
        var settings = words.TakeWhile(word => word != "dotnet")
            .Select(word => word.Replace(ShownKeeperPort, _keeperPort, StringComparison.Ordinal).Split('=', 2));
        var arguments = words.SkipWhile(word => word != "--").Skip(1).Select(word => word.Replace($":{ShownPort}", ":0", StringComparison.Ordinal));
        return StartSupervisorAsync(arguments, settings.Select(pair => KeyValuePair.Create(pair[0], pair[1])));
    }

    /// <summary>Starts a keeper, the one of the page.</summary>
    /// <returns>What it wrote until it listened.</returns>
    public async Task<ProgramRun> StartKeeperAsync(ConsoleCommand command)
    {
        var words = command.Line.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);
        _keeper = KeeperProgram.Start(
            words.SkipWhile(word => word != "keeper").Skip(1),
            new Dictionary<string, string> { ["Keeper__Listen"] = "http://127.0.0.1:0" },
            _directory.FullName);
        _keeperPort = (await _keeper.Log.LineAsync(@"listens on http://127\.0\.0\.1:(\d+)").WaitAsync(ServiceProgram.Limit)).Groups[1].Value;
        return AsShown(new ProgramRun(0, _keeper.Log.Lines, []));
    }

    public async ValueTask DisposeAsync()
    {
        await StopSupervisorAsync();
        if (_keeper is not null)
        {
            await using (_keeper)
            {
                Assert.Equal(0, await _keeper.StopAsync());
                Assert.Empty(_keeper.Leftovers());
            }
        }

        _directory.Delete(recursive: true);
    }

    private async Task<ProgramRun> StartSupervisorAsync(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var environment = settings.Append(KeyValuePair.Create("Listen__Grpc", "http://127.0.0.1:0")).ToDictionary();
        var supervisor = SupervisorProgram.Start(arguments, environment, _directory.FullName);
        var listening = supervisor.Log.LineAsync(@"Now listening on: https?://[\d.]+:(\d+)");
        var started = supervisor.Log.LineAsync("Application started");
        if (await Task.WhenAny(started, supervisor.Ended).WaitAsync(SupervisorProgram.Limit) == started && started.IsCompletedSuccessfully)
        {
            await StopSupervisorAsync();
            _supervisor = supervisor;
            _port = (await listening).Groups[1].Value;
            _httpPort = supervisor.Log.Lines.Select(line => Regex.Match(line, @"Now listening on: https?://[\d.]+:(\d+)"))
                .Where(match => match.Success).Select(match => match.Groups[1].Value).ElementAtOrDefault(1) ?? ShownHttpPort;
            return AsShown(new ProgramRun(0, supervisor.Log.Lines, []));
        }

        await using (supervisor)
        {
            // It will not listen any more: nobody waits for these lines.
            _ = (started.Exception, listening.Exception);
            return new ProgramRun(await supervisor.Ended, supervisor.Log.Lines, []);
        }
    }

    private async Task StopSupervisorAsync()
    {
        if (_supervisor is { } supervisor)
        {
            _supervisor = null;
            await using (supervisor)
            {
                Assert.Equal(0, await supervisor.StopAsync());
                Assert.Empty(supervisor.Leftovers());
            }
        }
    }

    private ProgramRun AsShown(ProgramRun run)
    {
        return run with { Output = Lines(run.Output), Errors = Lines(run.Errors) };

        IReadOnlyList<string> Lines(IReadOnlyList<string> lines) =>
        [
            .. lines.Select(line => line
                .Replace(":" + _port, ":" + ShownPort, StringComparison.Ordinal)
                .Replace(":" + _httpPort, ":" + ShownHttpPort, StringComparison.Ordinal)
                .Replace(":" + _keeperPort, ":" + ShownKeeperPort, StringComparison.Ordinal)),
        ];
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
