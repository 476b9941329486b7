using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>The functions of a pool, for people and for programs.</summary>
internal static class FunctionListing
{
    private const int UnboundedWidth = 10_000;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a table.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none, and lines may be of any length.</param>
    public static void WriteTable(IReadOnlyList<FunctionInfo> functions, Stream output, int? width)
    {
        // Made as a whole and written at once, so that a reader that goes away is noticed as everywhere else.
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width ?? UnboundedWidth;
        var table = new Table().Border(TableBorder.Simple).AddColumns("Function", "What it does");
        foreach (var function in functions)
        {
            table.AddRow(new Text(function.Signature.Length > 0 ? function.Signature : function.Name), new Text(function.Summary));
        }

        console.Write(table);
        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        output.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
    }

    /// <summary>Writes a JSON array.</summary>
    public static void WriteJson(IReadOnlyList<FunctionInfo> functions, Stream output)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(functions, Indented));
        output.Write("\n"u8);
    }
}
