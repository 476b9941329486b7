using System.CommandLine;
using WorkerPool.Bench.Suites.Initializers;
using WorkerPool.Bench.Suites.Kills;
using WorkerPool.Bench.Suites.Recovery;
using WorkerPool.Bench.Suites.SharedArguments;
using WorkerPool.Bench.Suites.Sharing;

namespace WorkerPool.Bench.Commands;

/// <summary>What is measured of our pool alone, without peers: a command each.</summary>
internal static class SuiteCommands
{
    /// <summary>Makes the commands.</summary>
    /// <param name="output">Takes their tables.</param>
    public static IEnumerable<Command> Create(TextWriter output) =>
    [
        Suite("sharing", "How several jobs share two workers.", () => SharingSuite.RunAsync(output)),
        Suite("recovery", "How long a killed worker's place stays empty.", () => RecoverySuite.RunAsync(output)),
        Suite("kills", "What it costs a large map that workers or the Supervisor are killed.", () => KillsSuite.RunAsync(output)),
        Suite("initializers", "What an initializer that loads a large table costs.", () => InitializersSuite.RunAsync(output)),
        Suite("shared", "What a large table costs that all items share.", () => SharedArgumentsSuite.RunAsync(output)),
    ];

    private static Command Suite(string name, string description, Func<Task> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, _) => run());
        return command;
    }
}
