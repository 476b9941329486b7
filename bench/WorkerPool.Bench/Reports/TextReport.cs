using System.Globalization;
using Spectre.Console;

namespace WorkerPool.Bench.Reports;

/// <summary>A scenario's table, for a terminal.</summary>
internal static class TextReport
{
    private const int Width = 220;

    /// <summary>Prints it.</summary>
    /// <param name="result">The scenario.</param>
    /// <param name="output">Where.</param>
    public static void Print(ScenarioResult result, TextWriter output)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape($"{result.Scenario.Name}: {result.Scenario.Title}")) };
        foreach (var column in ResultRow.Columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true });
        }

        foreach (var row in result.Rows)
        {
            table.AddRow(row.Cells.Select(cell => (Spectre.Console.Rendering.IRenderable)new Text(cell)));
        }

        var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Width;
        console.Write(table);
        output.WriteLine(string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())));
        output.Flush();
    }
}
