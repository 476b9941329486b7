using System.CommandLine;
using System.Text;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands;

/// <summary>The arguments that all items of a map have in common.</summary>
internal sealed class SharedOption
{
    private readonly Option<string[]> _shared = new("--shared")
    {
        Description = "An argument of the function that all items have in common, sent once to each worker: NAME=JSON, or NAME=@FILE for the content of a file; may be given several times.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_shared);

    /// <summary>What was given, read: files are bytes until it is known what the function takes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UsageException">A value is not of that form, a name is given twice, or a file cannot be read.</exception>
    public IReadOnlyDictionary<string, object?> Read(ParseResult parsed)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in parsed.GetValue(_shared) ?? [])
        {
            var (name, value) = text.Split('=', 2) is [{ Length: > 0 } before, var after]
                ? (before, after)
                : throw new UsageException($"--shared has to be NAME=JSON or NAME=@FILE; it is '{text}'.");
            if (!values.TryAdd(name, value is ['@', .. var path] ? ReadFile(name, path) : ItemWord.Parse(value)))
            {
                throw new UsageException($"--shared {name} is given twice.");
            }
        }

        return values;
    }

    /// <summary>The same, with the files as JSON whose parameters are not bytes.</summary>
    /// <param name="values">What <see cref="Read"/> gave.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="function">Name of the function.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UsageException">A file is not one JSON value.</exception>
    public static async Task<IReadOnlyDictionary<string, object?>> FitAsync(
        IReadOnlyDictionary<string, object?> values, Pool pool, string function, CancellationToken cancellationToken)
    {
        if (!values.Values.OfType<byte[]>().Any())
        {
            return values;
        }

        var functions = await pool.ListFunctionsAsync(cancellationToken).ConfigureAwait(false);
        var parameters = functions.FirstOrDefault(each => each.Name == function)?.Parameters ?? [];
        return values.ToDictionary(each => each.Key, each => each.Value is byte[] file && !TakesBytes(each.Key) ? AsJson(each.Key, file) : each.Value);

        bool TakesBytes(string name) => parameters.Any(parameter =>
            parameter.Encoding == FunctionEncoding.Raw && string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] ReadFile(string name, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--shared {name}: {path} cannot be read: {e.Message}");
        }
    }

    private static object AsJson(string name, byte[] file)
    {
        var mark = Encoding.UTF8.Preamble;
        var text = file.AsSpan().StartsWith(mark) ? file.AsMemory(mark.Length) : file;
        return JsonText.TryParse(text, out var json, out var problem)
            ? json
            : throw new UsageException($"--shared {name}: the file is not one JSON value: {problem}");
    }
}
