using Spectre.Console;
using Spectre.Console.Rendering;

namespace WorkerPool.Cli.Output;

/// <summary>
/// A table that fits the terminal: what is too wide goes without its least needed columns before any text is broken.
/// </summary>
internal static class TextTable
{
    // What a column that wraps gets before others are left out for it.
    private const int WrappedWidth = 16;

    /// <summary>Writes the table.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none, and lines may be of any length.</param>
    public static void Write<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, Stream output, int? width)
    {
        var fitting = Fitting(columns, rows, PlainText.Console(TextWriter.Null, width));
        PlainText.Write(Make(fitting, rows, int.MaxValue), output, width);
    }

    /// <summary>The columns that are left where the others do not fit.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="console">What it is for: its width counts.</param>
    public static List<Column<TRow>> Fitting<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, IAnsiConsole console)
    {
        List<Column<TRow>> left = [.. columns];
        var options = RenderOptions.Create(console);
        while (((IRenderable)Make(left, rows, WrappedWidth)).Measure(options, PlainText.Unbounded).Max > console.Profile.Width
            && left.MaxBy(column => column.LeftOutFirst) is { LeftOutFirst: > 0 } next)
        {
            left.Remove(next);
        }

        return left;
    }

    private static Table Make<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, int mostWrapped)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title))
            {
                NoWrap = !column.Wraps,
                Padding = new Padding(1, 0, 0, 0),
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => Cell(column, row, mostWrapped)));
        }

        return table;
    }

    private static Text Cell<TRow>(Column<TRow> column, TRow row, int mostWrapped)
    {
        var text = Messages.OneLine(column.Cell(row));
        return new Text(column.Wraps && text.Length > mostWrapped ? text[..mostWrapped] : text);
    }
}
