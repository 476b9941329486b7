using WorkerPool.Client;
using WorkerPool.Local;
using WorkerPool.Processes.Programs;

namespace WorkerPool.Docs.Tests.Snippets;

/// <summary>The code of docs/programs.md.</summary>
internal static class ProgramSnippets
{
    public static async Task LocalAsync()
    {
        #region programs
        await using var pool = await LocalPool.StartAsync(new LocalPoolOptions
        {
            Programs = new Dictionary<string, ProgramOptions>
            {
                ["line_count"] = new() { Command = "wc -l", Input = ProgramInput.Stdin, Output = ProgramOutput.Json },
                ["join"] = new() { Command = ["printf", "%s, %s!", "{1}", "{2}"] },
            },
        });

        Console.WriteLine(await pool.ApplyAsync<string, int>("line_count", "one\ntwo\n"));
        string[] greetings = await pool.StarmapAsync<(string, string), string>("join", [("Hello", "Ada"), ("Good day", "Grace")]);
        Console.WriteLine(string.Join(" ", greetings));
        #endregion
    }
}
