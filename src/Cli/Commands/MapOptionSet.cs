using System.CommandLine;
using System.Globalization;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands;

/// <summary>The options of a map that the pool is told.</summary>
internal sealed class MapOptionSet
{
    private const string Automatic = "auto";
    private const string Continue = "continue";
    private const string Stop = "stop";

    private readonly Option<string?> _chunkSize = new("--chunk-size")
    {
        Description = "Items a worker is given at a time: a number, or auto. Default: auto.",
        HelpName = "N",
    };

    private readonly Option<string?> _itemTimeout = new("--item-timeout")
    {
        Description = "The longest an item may run: seconds, or a number with ms, s or m. Default: no limit.",
        HelpName = "TIME",
    };

    private readonly Option<string?> _retries = new("--retries")
    {
        Description = "How often an item whose function threw, or whose program failed, is tried again, 0 to 100. Default: 0.",
        HelpName = "N",
    };

    private readonly Option<string?> _onError = new("--on-error")
    {
        Description = "What happens when an item fails: continue or stop. Default: continue.",
        HelpName = "WHAT",
    };

    private readonly Option<string?> _maxWorkers = new("--max-workers")
    {
        Description = "The most workers that run its items at once. Default: no limit.",
        HelpName = "N",
    };

    private readonly Option<string?> _weight = new("--weight")
    {
        Description = "Its share of worker time in proportion to other jobs', above 0 and up to 1000. Default: 1.",
        HelpName = "W",
    };

    private readonly Option<string?> _label = new("--label")
    {
        Description = "A name to know the job by, up to 256 characters.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _initializer = new("--initializer")
    {
        Description = "A function that each worker runs before its first item.",
        HelpName = "FUNCTION",
    };

    private readonly Option<string?> _initializerArguments = new("--initializer-args")
    {
        Description = "Arguments of the initializer: a JSON array (by position) or object (by name).",
        HelpName = "JSON",
    };

    /// <summary>Adds the options to a map.</summary>
    public void AddTo(Command command)
    {
        command.Add(_chunkSize);
        AddCallOptionsTo(command);
        command.Add(_onError);
        command.Add(_maxWorkers);
        command.Add(_weight);
        command.Add(_label);
        command.Add(_initializer);
        command.Add(_initializerArguments);
    }

    /// <summary>Adds those that a single call has as well.</summary>
    public void AddCallOptionsTo(Command command)
    {
        command.Add(_itemTimeout);
        command.Add(_retries);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="UsageException">A value is out of range.</exception>
    public MapOptions Read(ParseResult parsed) => new()
    {
        ChunkSize = ChunkSize(Given(parsed, _chunkSize)),
        ItemTimeout = ItemTimeout(Given(parsed, _itemTimeout)),
        MaxRetries = Retries(Given(parsed, _retries)),
        OnItemError = Given(parsed, _onError) switch
        {
            null or Continue => OnItemError.Continue,
            Stop => OnItemError.Stop,
            var other => throw new UsageException($"--on-error has to be {Continue} or {Stop}; it is '{other}'."),
        },
        MaxWorkers = MaxWorkers(Given(parsed, _maxWorkers)),
        Weight = Weight(Given(parsed, _weight)),
        Label = Label(Given(parsed, _label)),
        Initializer = Given(parsed, _initializer),
        InitializerArguments = InitializerArguments(Given(parsed, _initializerArguments), Given(parsed, _initializer)),
    };

    // A command that does not have the option gives null, as if it had been left out.
    private static string? Given(ParseResult parsed, Option<string?> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);

    private static object? InitializerArguments(string? text, string? initializer)
    {
        if (text is null)
        {
            return null;
        }

        if (initializer is null)
        {
            throw new UsageException("--initializer-args is for an --initializer, which is not given.");
        }

        return text.TrimStart() is ['[' or '{', ..] && JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var json, out _)
            ? json
            : throw new UsageException($"--initializer-args has to be a JSON array or object; it is '{text}'.");
    }

    private static int? ChunkSize(string? text) => text is null or Automatic
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new UsageException($"--chunk-size has to be a number from 1 up, or auto; it is '{text}'.");

    private static TimeSpan? ItemTimeout(string? text) => text is null
        ? null
        : DurationText.TryParse(text, out var timeout)
            ? timeout
            : throw new UsageException($"--item-timeout has to be a time above zero, such as 2, 500ms or 1.5s; it is '{text}'.");

    private static int? MaxWorkers(string? text) => text is null
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers > 0
            ? workers
            : throw new UsageException($"--max-workers has to be a number from 1 up; it is '{text}'.");

    private static double Weight(string? text) => text is null
        ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight is > 0 and <= MapOptions.WeightLimit
                ? weight
                : throw new UsageException($"--weight has to be a number above 0 and up to {MapOptions.WeightLimit}; it is '{text}'.");

    private static string Label(string? text) => text is null
        ? ""
        : text.Length <= MapOptions.LabelLimit
            ? text
            : throw new UsageException($"--label has {text.Length} characters, at most {MapOptions.LabelLimit} are taken.");

    private static int Retries(string? text) => text is null
        ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) && retries <= MapOptions.MaxRetriesLimit
            ? retries
            : throw new UsageException($"--retries has to be a number from 0 to {MapOptions.MaxRetriesLimit}; it is '{text}'.");
}
