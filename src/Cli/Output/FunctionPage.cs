using WorkerPool.Client;

namespace WorkerPool.Cli.Output;

/// <summary>All that is known of one function, for people.</summary>
internal static class FunctionPage
{
    /// <summary>Writes it.</summary>
    /// <param name="function">The function, described.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="width">Columns of the terminal; <c>null</c> where it is none.</param>
    public static void Write(FunctionInfo function, Stream output, int? width) => TextLines.Write(Lines(function), output, width);

    /// <summary>Its lines.</summary>
    /// <param name="function">The function, described.</param>
    internal static IEnumerable<string> Lines(FunctionInfo function)
    {
        yield return function.Signature;
        if (function.Summary.Length > 0)
        {
            yield return $"  {function.Summary}";
        }

        foreach (var parameter in function.Parameters)
        {
            yield return $"takes {parameter.Name}: {parameter.Type}{(parameter.Optional ? ", may be left out" : "")}{Said(parameter.Summary)}";
            if (parameter.Schema is { } schema)
            {
                yield return $"  {schema}";
            }
        }

        yield return $"gives {function.ValueType}{Said(function.ValueSummary)}";
        if (function.ValueSchema is { } valueSchema)
        {
            yield return $"  {valueSchema}";
        }

        yield return $"items as {Encoding(function.ItemEncoding, function.ItemMessageType)}, values as {Encoding(function.ValueEncoding, function.ValueMessageType)}";
        yield return $"from {Origin(function)}";
    }

    private static string Said(string summary) => summary.Length > 0 ? $": {summary}" : "";

    private static string Encoding(FunctionEncoding encoding, string message) => encoding switch
    {
        FunctionEncoding.Json => "JSON",
        FunctionEncoding.Raw => "JSON or raw bytes",
        FunctionEncoding.Protobuf => $"JSON or protobuf ({message})",
        _ => "JSON or any other encoding",
    };

    private static string Origin(FunctionInfo function) => function.Origin switch
    {
        FunctionOrigin.BuiltIn => "the built-in functions",
        FunctionOrigin.Program => "a program",
        FunctionOrigin.Library => $"{function.Library} {function.LibraryVersion}".TrimEnd(),
        _ => "somewhere unknown",
    };
}
