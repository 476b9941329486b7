using Spectre.Console;

namespace WorkerPool.Bench.Reports;

/// <summary>A scenario's table, for a terminal.</summary>
internal static class TextReport
{
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

        PlainTable.Print(table, output);
    }
}
