using System.CommandLine;
using System.Globalization;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>What a keeper tells a worker on its command line.</summary>
/// <param name="Socket">Path of the Unix socket to serve on.</param>
/// <param name="Recorder">Path of the flight recorder the keeper made.</param>
/// <param name="ParentId">Process id of the keeper.</param>
/// <param name="Libraries">Paths of the function libraries.</param>
/// <param name="ProgramsPath">Path of the file with the declarations of programs; <c>null</c> where there are none.</param>
internal sealed record WorkerArguments(
    string Socket, string Recorder, int ParentId, IReadOnlyList<string> Libraries, string? ProgramsPath)
{
    private const string ParentName = "--parent";

    /// <summary>The keeper's process id, found without parsing the rest: it is needed before anything else.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The id, or 0 if there is none.</returns>
    public static int FindParentId(string[] arguments)
    {
        var position = Array.IndexOf(arguments, ParentName);
        return position >= 0
            && position + 1 < arguments.Length
            && int.TryParse(arguments[position + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : 0;
    }

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="ArgumentException">Something is missing or unknown.</exception>
    public static WorkerArguments Parse(string[] arguments)
    {
        var socket = new Option<string>("--socket") { Required = true };
        var recorder = new Option<string>("--recorder") { Required = true };
        var parent = new Option<int>(ParentName) { Required = true };
        var functions = new Option<string[]>("--functions") { DefaultValueFactory = _ => [] };
        var programs = new Option<string?>("--programs");
        var parsed = new RootCommand { socket, recorder, parent, functions, programs }.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", parsed.Errors.Select(e => e.Message)));
        }

        return new WorkerArguments(
            parsed.GetRequiredValue(socket),
            parsed.GetRequiredValue(recorder),
            parsed.GetRequiredValue(parent),
            parsed.GetRequiredValue(functions),
            parsed.GetValue(programs));
    }
}
