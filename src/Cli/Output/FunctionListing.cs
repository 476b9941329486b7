using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>The functions of a pool, for people.</summary>
internal static class FunctionListing
{
    private static readonly Column<FunctionInfo>[] Columns =
    [
        new("Function", function => function.Signature.Length > 0 ? function.Signature : function.Name) { Wraps = true },
        new("What it does", function => function.Summary) { Wraps = true },
    ];

    /// <summary>Writes a table.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static void Write(IReadOnlyList<FunctionInfo> functions, Stream output, int? width) =>
        TextTable.Write(Columns, functions, output, width);
}
