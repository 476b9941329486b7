namespace WorkerPool.Bench.Suites;

/// <summary>A table in Markdown.</summary>
/// <param name="title">What it is about.</param>
/// <param name="columns">Its head.</param>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One a column.</param>
    public void Add(params FormattableString[] cells) => _rows.Add([.. cells.Select(FormattableString.Invariant)]);

    /// <summary>Prints it.</summary>
    /// <param name="output">Where.</param>
    public async Task PrintAsync(TextWriter output)
    {
        var widths = columns.Select((_, column) => _rows.Max(row => row[column].Length)).ToList();
        await output.WriteLineAsync($"### {title}\n");
        await output.WriteLineAsync(Line(_rows[0]));
        await output.WriteLineAsync(Line([.. widths.Select(width => new string('-', width))]));
        foreach (var row in _rows.Skip(1))
        {
            await output.WriteLineAsync(Line(row));
        }

        await output.WriteLineAsync();

        string Line(string[] cells) => $"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |";
    }
}
