using System.CommandLine;
using System.Globalization;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool events</c>.</summary>
internal sealed class EventsCommand : ICommand
{
    private readonly Option<bool> _follow = new("--follow") { Description = "Stay, and write what happens next." };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Number of the first event wanted. Default: the first that the pool still knows.",
        HelpName = "N",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line." };
    private readonly AdminAddress _address = new();

    public EventsCommand()
    {
        Symbol = new Command("events", "Writes what happened in a pool: its number, when, what.") { _follow, _from, _json };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool events",
        "workerpool events --follow",
        "workerpool events --follow --from 120 --json --address http://pool:50051",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var from = From(parsed.GetValue(_from));
        var asJson = parsed.GetValue(_json);
        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            ReaderWatch.Start(ending);
            using var output = new StandardOutput(ending.Token);
            await foreach (var happened in admin.WatchEventsAsync(from, parsed.GetValue(_follow), ending.Token).ConfigureAwait(false))
            {
                if (asJson)
                {
                    JsonLines.Write(happened, output);
                }
                else
                {
                    TextLines.Write([TextLines.ForEvent(happened, StandardOutput.Columns)], output, StandardOutput.Columns);
                }
            }

            return ExitCodes.Success;
        }
    }

    private static long From(string? text) => text is null
        ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from
            : throw new UsageException($"--from has to be the number of an event; it is '{text}'.");
}
