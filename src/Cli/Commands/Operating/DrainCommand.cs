using System.CommandLine;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool drain</c>.</summary>
internal sealed class DrainCommand : ICommand
{
    private readonly Option<string?> _grace = new("--grace")
    {
        Description = "How long open jobs may go on: seconds, or a number with ms, s or m. Default: the pool's own grace.",
        HelpName = "TIME",
    };

    private readonly AdminAddress _address = new();

    public DrainCommand()
    {
        Symbol = new Command("drain", "Lets a pool take no more jobs and waits until those that are open are over.") { _grace };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool drain", "workerpool drain --grace 5m --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var grace = Grace(parsed.GetValue(_grace));
        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            try
            {
                await admin.DrainAsync(grace, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                status.WriteLine("The pool goes on draining.");
                throw;
            }

            using var output = new StandardOutput(ending.Token);
            TextLines.Write(["The pool is drained: no job is open, and it takes no more."], output, StandardOutput.Columns);
            return ExitCodes.Success;
        }
    }

    private static TimeSpan? Grace(string? text) => text is null
        ? null
        : DurationText.TryParseOrZero(text, out var grace)
            ? grace
            : throw new UsageException($"--grace has to be a time, such as 0, 30s or 5m; it is '{text}'.");
}
