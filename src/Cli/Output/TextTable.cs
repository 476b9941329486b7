using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WorkerPool.Cli.Output;

/// <summary>
/// A table that fits the terminal: what is too wide goes without its least needed columns before any text is broken.
/// </summary>
internal static class TextTable
{
    private const int Unbounded = 10_000;

    // What a column that wraps gets before others are left out for it.
    private const int WrappedWidth = 16;

    /// <summary>Writes the table.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none, and lines may be of any length.</param>
    public static void Write<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, Stream output, int? width)
    {
        // Made as a whole and written at once, so that a reader that goes away is noticed as everywhere else.
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width ?? Unbounded;
        console.Write(Make(Fitting(columns, rows, console), rows, int.MaxValue));
        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        output.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
    }

    private static List<Column<TRow>> Fitting<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, IAnsiConsole console)
    {
        List<Column<TRow>> left = [.. columns];
        var options = RenderOptions.Create(console);
        while (((IRenderable)Make(left, rows, WrappedWidth)).Measure(options, Unbounded).Max > console.Profile.Width
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
