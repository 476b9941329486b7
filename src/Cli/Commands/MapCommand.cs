using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands;

/// <summary><c>workerpool map</c>.</summary>
internal sealed class MapCommand : ICommand
{
    private readonly TargetOptions _target = new("ITEM", "Items: JSON values; a word that is not JSON is a string.");
    private readonly InputOptions _input = new();
    private readonly Option<bool> _unordered = new("--unordered") { Description = "Give results as they complete, not in the order of the items." };
    private readonly Option<bool> _withIndex = new("--with-index")
    {
        Description = "Write {\"index\":…,\"value\":…} or {\"index\":…,\"error\":…} for each item. Without it a failed item has no line.",
    };

    private readonly Option<bool> _raw = RawOption.Make();
    private readonly Option<bool> _calls = new("--calls")
    {
        Description = "Each item names its own function: {\"function\":\"square\",\"item\":3}, or [\"square\",3]. No FUNCTION then.",
    };

    private readonly MapOptionSet _options = new();
    private readonly Option<string?> _output = new("--output") { Description = "File for the results. Default: stdout.", HelpName = "FILE" };
    private readonly Option<string?> _progress = new("--progress")
    {
        Description = "Progress on stderr: auto (on a terminal), always or never. Default: auto.",
        HelpName = "WHEN",
    };

    private readonly Option<bool> _dashboard = new("--dashboard")
    {
        Description = "Serve a dashboard of the pool it starts while it runs, on a free port of 127.0.0.1, and write its address to stderr.",
    };

    private readonly SharedOption _shared = new();
    private readonly PoolSelection _pool = new();

    public MapCommand()
    {
        Symbol = new Command("map", "Runs a function, or a program, on each item and writes the values, one JSON value a line.");
        _target.AddTo(Symbol);
        _input.AddTo(Symbol);
        Symbol.Add(_unordered);
        Symbol.Add(_withIndex);
        Symbol.Add(_raw);
        Symbol.Add(_calls);
        _options.AddTo(Symbol);
        _shared.AddTo(Symbol);
        Symbol.Add(_output);
        Symbol.Add(_progress);
        Symbol.Add(_dashboard);
        _pool.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool map square 1 2 3",
        "workerpool map square --range 1..1000000 --output squares.jsonl",
        "workerpool map thumbnail --lines --input names.txt --functions ./Images.dll",
        "cat items.jsonl | workerpool map classify --input - --unordered --with-index",
        "workerpool map --exec 'pdftotext {} -' --raw -- *.pdf",
        "workerpool map --calls '{\"function\":\"square\",\"item\":3}' '[\"power\",[2,10]]'",
        "workerpool map fetch --input urls.jsonl --item-timeout 10s --retries 2 --address http://pool:50051",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var options = _options.Read(parsed);
        var shared = _shared.Read(parsed);
        var mode = ProgressModeOf(parsed.GetValue(_progress));
        var target = _target.Read(parsed, parsed.GetValue(_calls));
        if (parsed.GetValue(_raw) && parsed.GetValue(_withIndex))
        {
            throw new UsageException("--raw writes text and --with-index JSON; give one of them.");
        }

        var open = _pool.Choose(parsed, target, status, ending.Token, parsed.GetValue(_dashboard));
        var input = _input.Open(parsed, target.Words);
        var output = OpenOutput(parsed.GetValue(_output), ending);
        await using (output.ConfigureAwait(false))
        {
            var pool = await open().ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                options = options with { Shared = await SharedOption.FitAsync(shared, pool, target.Function, ending.Token).ConfigureAwait(false) };
                var outcomes = input.Map(pool, target.Function, options, !parsed.GetValue(_unordered));
                var run = new MapRun(status, new ResultWriter(output, parsed.GetValue(_withIndex), parsed.GetValue(_raw)));
                var items = new ItemWatch(pool.Admin, () => outcomes.JobId);
                await using (items.ConfigureAwait(false))
                {
                    await run.ToEndAsync(outcomes, input.Count, mode, () => outcomes.IsReconnecting, items, ending.Token).ConfigureAwait(false);
                }

                status.WriteLine(Messages.ForSummary(outcomes.Summary!));
                return outcomes.Summary!.Ledger.Failed > 0 ? ExitCodes.ItemFailed : ExitCodes.Success;
            }
        }
    }

    private static ProgressMode ProgressModeOf(string? text) => text switch
    {
        null or "auto" => ProgressMode.Auto,
        "always" => ProgressMode.Always,
        "never" => ProgressMode.Never,
        _ => throw new UsageException($"--progress has to be auto, always or never; it is '{text}'."),
    };

    private static Stream OpenOutput(string? path, Ending ending)
    {
        if (path is null)
        {
            ReaderWatch.Start(ending);
            return new StandardOutput(ending.Token);
        }

        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--output {path} cannot be written: {e.Message}");
        }
    }
}
