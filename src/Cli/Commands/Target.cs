using WorkerPool.Processes.Programs;

namespace WorkerPool.Cli.Commands;

/// <summary>What is to be run on the items.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Program">The program that is to be that function; <c>null</c> where the pool has it.</param>
/// <param name="Words">The words behind it: items or arguments.</param>
internal sealed record Target(string Function, ProgramOptions? Program, IReadOnlyList<string> Words);
