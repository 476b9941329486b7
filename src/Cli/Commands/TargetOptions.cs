using System.CommandLine;
using WorkerPool.Cli.Running;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Cli.Commands;

/// <summary>What is to be run, and the words behind it: a function by its name, or a program with <c>--exec</c>.</summary>
internal sealed class TargetOptions
{
    /// <summary>What a program of the command line is called in the pool.</summary>
    private const string ProgramName = "exec";

    /// <summary>The function of every pool that runs the one that its item names.</summary>
    private const string CallFunction = "call";

    private readonly Argument<string?> _function = new("FUNCTION")
    {
        Description = "Name of the function. Left out with --exec.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string[]> _words;

    private readonly Option<string?> _exec = new("--exec")
    {
        Description = "A program to run on each item in place of a function: {} in its arguments stands for the item; without {} the item becomes the last argument. No shell is involved. For a pool the command starts.",
        HelpName = "COMMAND",
    };

    private readonly Option<string?> _input = new("--exec-input")
    {
        Description = "How the program is given an item: arguments or stdin. Default: arguments.",
        HelpName = "HOW",
    };

    private readonly Option<string?> _output = new("--exec-output")
    {
        Description = "What the program writes to stdout: text, json or bytes. Default: text, which becomes a string.",
        HelpName = "WHAT",
    };

    private readonly Option<bool> _shell = new("--exec-shell")
    {
        Description = "COMMAND is a line for /bin/sh, in which the item is \"$1\".",
    };

    /// <summary>Options for a command.</summary>
    /// <param name="words">What the words behind the function are called.</param>
    /// <param name="description">What they are.</param>
    public TargetOptions(string words, string description) =>
        _words = new Argument<string[]>(words) { Description = description, Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_function);
        command.Add(_words);
        command.Add(_exec);
        command.Add(_input);
        command.Add(_output);
        command.Add(_shell);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isOfCalls">Whether each item names a function of its own. Default: no.</param>
    /// <exception cref="UsageException">Nothing was, or the program cannot be run.</exception>
    public Target Read(ParseResult parsed, bool isOfCalls = false)
    {
        var function = parsed.GetValue(_function);
        var words = parsed.GetValue(_words) ?? [];

        // With these there is no function, so the first word is not its name.
        IReadOnlyList<string> allWords = function is null ? words : [function, .. words];
        if (parsed.GetValue(_exec) is { } command)
        {
            return isOfCalls
                ? throw new UsageException("--exec runs one program on all items, and with --calls each names its function; give one of them.")
                : new Target(ProgramName, Program(parsed, command), allWords);
        }

        foreach (Option option in new Option[] { _input, _output, _shell })
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} is for the program of --exec.");
            }
        }

        if (isOfCalls)
        {
            return new Target(CallFunction, null, allWords);
        }

        return new Target(
            function ?? throw new UsageException("Give the name of a FUNCTION, or a program with --exec."), null, words);
    }

    private ProgramOptions Program(ParseResult parsed, string command)
    {
        var program = new ProgramOptions
        {
            Command = command,
            Input = Choice(parsed, _input, ProgramInput.Arguments),
            Output = Choice(parsed, _output, ProgramOutput.Text),
            Shell = parsed.GetValue(_shell),
        };
        ProgramDeclaration.Read([KeyValuePair.Create(ProgramName, program)], out var faults);
        return faults.Count == 0 ? program : throw new UsageException($"--exec: {faults[0].Message}");
    }

    private static T Choice<T>(ParseResult parsed, Option<string?> option, T otherwise)
        where T : struct, Enum
    {
        var text = parsed.GetValue(option);
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        return text is null ? otherwise
            : names.Contains(text) ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new UsageException($"{option.Name} has to be {string.Join(", ", names[..^1])} or {names[^1]}; it is '{text}'.");
    }
}
