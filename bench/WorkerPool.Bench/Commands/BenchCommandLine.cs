using System.CommandLine;

namespace WorkerPool.Bench.Commands;

/// <summary>The command line. Exit codes: 0, 1 for wrong results or a crash, never for speed; 2 for wrong usage.</summary>
internal static class BenchCommandLine
{
    /// <summary>Wrong results, or a crash.</summary>
    public const int Broken = 1;

    /// <summary>A command that cannot be carried out as it is given.</summary>
    public const int WrongUsage = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">Its name and arguments.</param>
    /// <param name="output">Takes tables.</param>
    /// <param name="errors">Takes progress and what went wrong.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Measures WorkerPool. Exit codes: 0; 1 for wrong results or a crash, never for speed; 2 for wrong usage.")
        {
            CompareCommand.Create(output, errors),
            AllocationsCommand.Create(output),
            MicroCommand.Create(),
            RunCommand.Create(output, errors),
            RelayCommand.Create(),
        };
        foreach (var suite in SuiteCommands.Create(output))
        {
            root.Add(suite);
        }

        var result = root.Parse(arguments);
        var code = await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return result.Errors.Count > 0 ? WrongUsage : code;
    }
}
