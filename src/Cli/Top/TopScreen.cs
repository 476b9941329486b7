using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using WorkerPool.Cli.Output;

namespace WorkerPool.Cli.Top;

/// <summary>
/// The terminal while the picture is shown: its second screen, so that the first comes back as it was. Each picture is written over
/// the one before in one piece, so that nothing flickers.
/// </summary>
/// <remarks>Not by the live display of Spectre.Console, for the reasons that <see cref="StatusLine"/> has.</remarks>
internal sealed class TopScreen : IDisposable
{
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string ClearRestOfLine = "\u001b[K";
    private const string ClearRest = "\u001b[J";

    private readonly Stream _output;

    /// <summary>Takes the terminal.</summary>
    /// <param name="output">The terminal.</param>
    public TopScreen(Stream output)
    {
        _output = output;
        Write(Enter);
    }

    /// <summary>A console of the terminal's size that writes to a text.</summary>
    /// <param name="text">The text.</param>
    public static IAnsiConsole Console(TextWriter text)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Math.Max(20, StandardOutput.Columns ?? 80);
        return console;
    }

    /// <summary>Lines of the terminal.</summary>
    public static int Height => Math.Max(5, System.Console.WindowHeight);

    /// <summary>Shows a picture.</summary>
    /// <param name="draw">Makes it, for a console of the terminal's size.</param>
    public void Show(Func<IAnsiConsole, IRenderable> draw)
    {
        var text = new StringWriter();
        var console = Console(text);
        console.Write(draw(console));
        var lines = text.ToString().Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');

        // A line end on the last line would scroll the first one away.
        Write(Home + string.Join(ClearRestOfLine + "\r\n", lines.Where(line => line.Length > 0).Take(Height)) + ClearRestOfLine + ClearRest);
    }

    /// <inheritdoc/>
    public void Dispose() => Write(Leave);

    private void Write(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }
}
