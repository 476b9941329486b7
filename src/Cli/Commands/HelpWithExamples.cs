using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace WorkerPool.Cli.Commands;

/// <summary>The usual help, and below it what a person would type.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<ICommand> commands) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = commands.FirstOrDefault(command => command.Symbol == parseResult.CommandResult.Command);
        var examples = command is null ? commands.Select(each => each.Examples[0]) : command.Examples;
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        if (command is null)
        {
            output.WriteLine("Exit codes: 0 every item succeeded, 1 some item failed, 2 wrong usage or an unknown function, job or");
            output.WriteLine("worker, 3 the pool cannot be reached or started, or broke down, 130 interrupted, 141 stdout closed,");
            output.WriteLine("143 terminated.");
        }

        return code;
    }
}
