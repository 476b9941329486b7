using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands;

/// <summary>Where a map's items come from: the command line, a file or a range. The options of the last two.</summary>
internal sealed class InputOptions
{
    private const string StandardInput = "-";

    private readonly Option<string?> _input = new("--input")
    {
        Description = "File of items, one JSON value a line (JSON Lines), or - for stdin. Blank lines are skipped.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _lines = new("--lines")
    {
        Description = "With --input: each line is a string, as it is.",
    };

    private readonly Option<string?> _range = new("--range")
    {
        Description = "Whole numbers from A to B, both included: A..B or A..B..STEP.",
        HelpName = "A..B[..STEP]",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_input);
        command.Add(_lines);
        command.Add(_range);
    }

    /// <summary>Opens the items that were asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="words">The items that it has itself.</param>
    /// <exception cref="UsageException">None or several were asked for, or the file cannot be opened.</exception>
    public MapInput Open(ParseResult parsed, IReadOnlyList<string> words)
    {
        var input = parsed.GetValue(_input);
        var range = parsed.GetValue(_range);
        var given = (words.Count > 0 ? 1 : 0) + (input is null ? 0 : 1) + (range is null ? 0 : 1);
        if (given != 1)
        {
            throw new UsageException(given == 0
                ? "There are no items. Give them as ITEMs, or with --input or --range."
                : "Give items in one way only: as ITEMs, with --input or with --range.");
        }

        if (input is null && parsed.GetValue(_lines))
        {
            throw new UsageException("--lines is for the file of --input.");
        }

        if (range is not null)
        {
            return ItemRange.TryParse(range, out var numbers)
                ? MapInput.OfRange(numbers)
                : throw new UsageException($"--range has to be A..B or A..B..STEP with whole numbers and a step other than 0; it is '{range}'.");
        }

        return input is null
            ? MapInput.OfWords([.. words.Select(ItemWord.Parse)])
            : MapInput.OfFile(OpenFile(input), input == StandardInput ? "stdin" : input, parsed.GetValue(_lines));
    }

    private static FileStream OpenFile(string path)
    {
        // No buffer: the line reader has its own.
        try
        {
            return path == StandardInput
                ? new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--input {path} cannot be read: {e.Message}");
        }
    }
}
