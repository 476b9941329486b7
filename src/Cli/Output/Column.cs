namespace WorkerPool.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Cell">What stands in it for a row.</param>
internal sealed record Column<TRow>(string Title, Func<TRow, string> Cell)
{
    /// <summary>Whether it is of numbers, which stand to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether its text may go over several lines where the terminal is narrow.</summary>
    public bool Wraps { get; init; }

    /// <summary>
    /// Which columns a narrow terminal goes without: the highest first. Range: 0 (default), never left out, and up.
    /// </summary>
    public int LeftOutFirst { get; init; }
}
