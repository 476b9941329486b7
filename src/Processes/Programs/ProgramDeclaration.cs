namespace WorkerPool.Processes.Programs;

/// <summary>A program as a function, found sound: what workers are told of it.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="Path">Absolute path of the program.</param>
/// <param name="Arguments">Its arguments, placeholders included.</param>
/// <param name="HasPlaceholders">Whether placeholders in the arguments are to be replaced; else the item, if it goes there, becomes the last.</param>
/// <param name="Input">How it is given the item.</param>
/// <param name="Output">What it writes to stdout.</param>
/// <param name="Summary">What it does. Not empty.</param>
/// <param name="Directory">Absolute path of the directory it runs in.</param>
/// <param name="Environment">What its environment has beside the pool's.</param>
public sealed record ProgramDeclaration(
    string Name,
    string Path,
    IReadOnlyList<string> Arguments,
    bool HasPlaceholders,
    ProgramInput Input,
    ProgramOutput Output,
    string Summary,
    string Directory,
    IReadOnlyDictionary<string, string> Environment)
{
    private const string ShellPath = "/bin/sh";

    /// <summary>Checks the declarations of several programs.</summary>
    /// <param name="programs">The programs, by the names of their functions.</param>
    /// <param name="faults">What is wrong with them; empty if nothing is.</param>
    /// <returns>Those that are sound.</returns>
    public static IReadOnlyList<ProgramDeclaration> Read(
        IEnumerable<KeyValuePair<string, ProgramOptions>> programs, out IReadOnlyList<ProgramFault> faults)
    {
        var found = new List<ProgramFault>();
        faults = found;
        return [.. programs.Select(program => Read(program.Key, WithoutNulls(program.Value), found)).OfType<ProgramDeclaration>()];
    }

    // Configuration may set null.
    private static ProgramOptions WithoutNulls(ProgramOptions? options) => new()
    {
        Command = options?.Command ?? [],
        Input = options?.Input ?? ProgramInput.Arguments,
        Output = options?.Output ?? ProgramOutput.Text,
        Summary = options?.Summary ?? "",
        Shell = options?.Shell ?? false,
        Directory = options?.Directory ?? "",
        Environment = options?.Environment ?? new Dictionary<string, string>(),
    };

    private static ProgramDeclaration? Read(string name, ProgramOptions options, List<ProgramFault> faults)
    {
        var before = faults.Count;
        if (string.IsNullOrWhiteSpace(name) || name != name.Trim())
        {
            Fault("", "the name of a function is not empty and has no spaces around it.");
        }

        if (options.Environment.Keys.FirstOrDefault(key => key.Length == 0 || key.AsSpan().ContainsAny('=', '\0')) is { } variable)
        {
            Fault(nameof(Environment), $"\"{variable}\" cannot be the name of a variable.");
        }

        var directory = System.IO.Path.GetFullPath(options.Directory.Length == 0 ? "." : options.Directory);
        if (!System.IO.Directory.Exists(directory))
        {
            Fault(nameof(Directory), $"there is no directory {directory}.");
        }

        var words = Words(options, out var problem);
        var path = "";
        if (problem.Length > 0 || !ProgramFinder.TryFind(words[0], directory, out path, out problem))
        {
            Fault(nameof(ProgramOptions.Command), problem);
        }

        return faults.Count > before
            ? null
            : new ProgramDeclaration(
                name,
                path,
                [.. words.Skip(1)],
                !options.Shell && options.Input == ProgramInput.Arguments && words.Skip(1).Any(Placeholders.AreIn),
                options.Input,
                options.Output,
                options.Summary.Length > 0 ? options.Summary : options.Shell ? "Runs a line of shell." : $"Runs the program {System.IO.Path.GetFileName(path)}.",
                directory,
                options.Environment.AsReadOnly());

        void Fault(string setting, string message) => faults.Add(new ProgramFault(name, setting, message));
    }

    /// <summary>The program and its arguments; at least one word, unless there is a problem.</summary>
    private static IReadOnlyList<string> Words(ProgramOptions options, out string problem)
    {
        problem = "";
        IReadOnlyList<string> words = options.Command;
        if (options.Shell)
        {
            // What follows the script is $0, then the item as $1.
            var script = options.Command.Line ?? (options.Command.Count == 1 ? options.Command[0] : null);
            problem = string.IsNullOrWhiteSpace(script) ? "a shell takes one line, not empty."
                : options.Input == ProgramInput.Arguments && script.Contains("{}", StringComparison.Ordinal)
                    ? "a shell has the item as \"$1\"; {} is not replaced there. Write '{''}' where those characters are meant."
                : "";
            words = [ShellPath, "-c", script ?? "", "sh"];
        }
        else if (options.Command.Line is { } line && !CommandSplitter.TrySplit(line, out words, out problem))
        {
            return words;
        }

        if (problem.Length == 0)
        {
            problem = words.Count == 0 || words[0].Length == 0 ? "there is no program. Give one, and its arguments, such as \"wc -c {}\"."
                : options.Input == ProgramInput.Arguments && Placeholders.AreIn(words[0])
                    ? $"the program itself cannot come from an item; it is \"{words[0]}\"."
                : words.Any(word => word.Contains('\0')) ? "an argument has the character NUL in it, which none can have."
                : "";
        }

        return words;
    }
}

/// <summary>What is wrong with the declaration of a program.</summary>
/// <param name="Program">Name of its function.</param>
/// <param name="Setting">The setting at fault, such as <c>Command</c>; empty if it is the name.</param>
/// <param name="Message">What is wrong and what was expected, as the rest of a sentence.</param>
public readonly record struct ProgramFault(string Program, string Setting, string Message);
