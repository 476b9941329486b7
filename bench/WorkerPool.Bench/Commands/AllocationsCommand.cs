using System.CommandLine;
using WorkerPool.Bench.Allocations;

namespace WorkerPool.Bench.Commands;

/// <summary>What a Supervisor allocates for an item.</summary>
internal static class AllocationsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="output">Takes the table.</param>
    public static Command Create(TextWriter output)
    {
        var command = new Command("allocations", "Bytes that a Supervisor allocates for an item and for a chunk.");
        command.SetAction((_, _) => AllocationsReport.RunAsync(output));
        return command;
    }
}
