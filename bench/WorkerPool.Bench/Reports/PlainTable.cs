using System.Globalization;
using Spectre.Console;

namespace WorkerPool.Bench.Reports;

/// <summary>A table as text without colours, of any width.</summary>
internal static class PlainTable
{
    private const int Width = 250;

    /// <summary>Prints it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="output">Where.</param>
    public static void Print(Table table, TextWriter output)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Width;
        console.Write(table);
        output.WriteLine(string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())));
        output.Flush();
    }
}
