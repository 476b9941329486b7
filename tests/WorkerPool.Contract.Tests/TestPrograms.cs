using System.Globalization;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Contract.Tests;

/// <summary>Programs that the pools of the suites have as functions.</summary>
public static class TestPrograms
{
    public static IReadOnlyDictionary<string, ProgramOptions> All { get; } = new Dictionary<string, ProgramOptions>
    {
        ["count_bytes"] = new() { Command = "wc -c", Input = ProgramInput.Stdin, Output = ProgramOutput.Json, Summary = "The number of bytes." },
        ["join"] = new() { Command = ["printf", "%s-%s", "{1}", "{2}"] },
        ["same_bytes"] = new() { Command = "cat", Input = ProgramInput.Stdin, Output = ProgramOutput.Bytes },
        ["even"] = new() { Command = "test $(($1 % 2)) = 0 && echo \"$1\" || { echo \"$1 is odd\" >&2; exit 3; }", Shell = true },
        ["second_time"] = new() { Command = "test -e \"$1\" && echo done || { touch \"$1\"; exit 1; }", Shell = true },

        // Writes whose child it is, itself, and two children of its own to a file; one of them has shed its environment.
        ["nest"] = new()
        {
            Command = "sleep 3600 & first=$!; env -i /bin/sleep 3600 & echo $PPID $$ $first $! > \"$1.new\"; mv \"$1.new\" \"$1\"; wait",
            Shell = true,
        },
    };

    /// <summary>The same as settings of a Supervisor.</summary>
    public static IReadOnlyDictionary<string, string> AsSettings()
    {
        var settings = new Dictionary<string, string>();
        foreach (var (name, program) in All)
        {
            var prefix = $"Pool__Programs__{name}__";
            settings[prefix + "Input"] = program.Input.ToString();
            settings[prefix + "Output"] = program.Output.ToString();
            settings[prefix + "Summary"] = program.Summary;
            settings[prefix + "Shell"] = program.Shell.ToString();
            if (program.Command.Line is { } line)
            {
                settings[prefix + "Command"] = line;
            }

            foreach (var (position, word) in program.Command.Index())
            {
                settings[string.Create(CultureInfo.InvariantCulture, $"{prefix}Command__{position}")] = word;
            }
        }

        return settings;
    }
}
