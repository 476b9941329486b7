namespace WorkerPool.Docs.Tests.Tables;

/// <summary>What stands in the cells of tables.</summary>
internal static class Cells
{
    /// <summary>The first code in a cell: what stands between backticks.</summary>
    public static string Code(string cell) => cell.Split('`') is [_, var code, ..] ? code : "";

    /// <summary>The first word of the code in a cell, such as the option without its value.</summary>
    public static string Name(string cell) => Code(cell).Split(' ')[0];
}
