using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WorkerPool.Cli.Output;

/// <summary>What Spectre.Console renders, as text without colours, for a terminal of some width.</summary>
internal static class PlainText
{
    /// <summary>Columns of what is no terminal: lines may be of any length.</summary>
    public const int Unbounded = 10_000;

    /// <summary>A console that writes to a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static IAnsiConsole Console(TextWriter text, int? width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width ?? Unbounded;
        return console;
    }

    /// <summary>Writes something as a whole, so that a reader that goes away is noticed as everywhere else.</summary>
    /// <param name="what">What to write.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static void Write(IRenderable what, Stream output, int? width)
    {
        var text = new StringWriter();
        Console(text, width).Write(what);
        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        output.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
        output.Flush();
    }
}
