using WorkerPool.Docs.Tests.Pages;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary>A command that a page shows, and the output it is to have.</summary>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="Line">The command line.</param>
/// <param name="Output">What it prints on both streams; <c>…</c> stands for anything.</param>
internal sealed record ConsoleCommand(string Place, string Line, IReadOnlyList<string> Output)
{
    private const string Prompt = "$ ";

    public bool IsCall => Line.StartsWith("grpcurl ", StringComparison.Ordinal);

    public bool StartsSupervisor => Line.Contains("dotnet run --project src/Supervisor", StringComparison.Ordinal);

    public bool StartsKeeper => Line.Contains("dotnet run --project src/WorkerHost", StringComparison.Ordinal);

    /// <summary>The commands of a block. A line that ends in a backslash goes on in the next.</summary>
    public static IEnumerable<ConsoleCommand> In(FencedBlock block)
    {
        var lines = block.Lines;
        Assert.True(lines is [var first, ..] && first.StartsWith(Prompt, StringComparison.Ordinal), $"{block.Place} does not begin with a command.");
        for (var next = 0; next < lines.Count;)
        {
            var number = block.Line + 1 + next;
            var command = lines[next++][Prompt.Length..];
            while (command.EndsWith('\\'))
            {
                command += "\n" + lines[next++];
            }

            var output = new List<string>();
            while (next < lines.Count && !lines[next].StartsWith(Prompt, StringComparison.Ordinal))
            {
                output.Add(lines[next++]);
            }

            yield return new ConsoleCommand($"{block.Page}:{number}", command, output);
        }
    }
}
