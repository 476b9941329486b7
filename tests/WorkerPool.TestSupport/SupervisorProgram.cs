namespace WorkerPool.TestSupport;

/// <summary>The Supervisor as a program.</summary>
public sealed class SupervisorProgram : ServiceProgram
{
    private SupervisorProgram(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings, string workingDirectory)
        : base("WorkerPool.Supervisor.dll", arguments, settings, workingDirectory)
    {
    }

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its environment beside ours, such as Pool__Workers.</param>
    /// <param name="workingDirectory">Where it is started. Default: where we are.</param>
    public static SupervisorProgram Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string workingDirectory = "")
    {
        // Programs that run at once must not want the same port.
        var all = new Dictionary<string, string> { ["Listen__Http"] = "http://127.0.0.1:0" };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return new SupervisorProgram(arguments, all, workingDirectory);
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
        var files = new DirectoryInfo(TemporaryFiles).EnumerateDirectories("workerpool-*")
            .SelectMany(directory => directory.EnumerateFiles())
            .GroupBy(file => file.Extension)
            .Where(files => files.Key is ".sock" or ".answers" or ".rec" && files.Count() > workers);
        return
        [
            .. ProcessGroups.LivingMembersOf(dead).Select(id => $"process {id}"),
            .. files.Select(files => $"{files.Count()} files {files.Key}"),
        ];
    }

    /// <summary>What it and its workers have left behind: processes of the workers' groups, directories.</summary>
    public override IReadOnlyList<string> Leftovers() =>
        [.. ProcessGroups.LivingMembersOf(WorkerProcessIds).Select(id => $"process {id}"), .. base.Leftovers()];
}
