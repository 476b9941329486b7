using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using WorkerPool.Cli.Commands.Operating;
using WorkerPool.Cli.Commands.Tokens;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands;

/// <summary>The tool's command line: which command is meant, and whether it is well formed.</summary>
internal sealed class CommandLine
{
    private static readonly ParserConfiguration Parsing = new()
    {
        // -34 is a number, not two options; @name is a string, not a file of more arguments.
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private readonly ICommand[] _commands =
    [
        new MapCommand(), new ApplyCommand(), new FunctionsCommand(),
        new JobsCommand(), new ExplainCommand(), new CancelCommand(), new TopCommand(), new WorkersCommand(), new ResizeCommand(), new RecycleCommand(),
        new DrainCommand(), new EventsCommand(), new NewTokenCommand(),
    ];

    private readonly RootCommand _root = new("Runs functions over items on a pool of worker processes.");

    public CommandLine()
    {
        _root.Add(ConnectionOptions.ProfileBefore);
        foreach (var command in _commands)
        {
            _root.Add(command.Group ?? command.Symbol);
        }

        foreach (var option in _root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!, _commands);
        }
    }

    /// <summary>Runs what was asked for.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The command line is not well formed.</exception>
    public Task<int> RunAsync(string[] arguments, StatusLine status, Ending ending)
    {
        var parsed = _root.Parse(arguments, Parsing);
        var command = _commands.FirstOrDefault(command => command.Symbol == parsed.CommandResult.Command);
        if (parsed.Action is not null and not ParseErrorAction)
        {
            // Help or version. No handling of Ctrl-C but ours.
            return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }

        if (command is null)
        {
            throw new UsageException(parsed.UnmatchedTokens is [var word, ..]
                ? $"There is no command or option '{word}'."
                : "Give a command: " + string.Join(", ", _commands.Select(NameOf)) + ".");
        }

        RefuseUnknownOptions(parsed);
        return parsed.Errors.Count > 0 ? throw new UsageException(parsed.Errors[0].Message) : command.RunAsync(parsed, status, ending);
    }

    /// <summary>The command that help should be asked of, for messages.</summary>
    public string NameOf(string[] arguments) =>
        arguments.Select(argument => _commands.FirstOrDefault(command => (command.Group ?? command.Symbol).Name == argument))
            .FirstOrDefault(command => command is not null) is { } command
            ? $"workerpool {NameOf(command)}"
            : "workerpool";

    private static string NameOf(ICommand command) => command.Group is { } group ? $"{group.Name} {command.Symbol.Name}" : command.Symbol.Name;

    // An unknown option would be taken for an item. What stands behind -- is one.
    private static void RefuseUnknownOptions(ParseResult parsed)
    {
        var items = parsed.CommandResult.Command.Arguments
            .Select(parsed.GetResult)
            .SelectMany(result => result?.Tokens ?? [])
            .ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            if (items.Contains(token) && token.Value.Length > 1 && token.Value[0] == '-' && !ItemWord.IsNegativeNumber(token.Value))
            {
                throw new UsageException($"There is no option '{token.Value}'. An item that begins with - goes behind --.");
            }
        }
    }
}
