using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands;

/// <summary>A command of the tool.</summary>
internal interface ICommand
{
    /// <summary>Its name, arguments and options.</summary>
    Command Symbol { get; }

    /// <summary>The command that it stands below; <c>null</c> (default): it stands by itself.</summary>
    Command? Group => null;

    /// <summary>Command lines for its help.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">It was called wrongly.</exception>
    Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending);
}
