using System.CommandLine;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Cli.Top;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool top</c>.</summary>
internal sealed class TopCommand : ICommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    private readonly Option<string?> _interval = new("--interval")
    {
        Description = "Time from one look to the next: seconds, or a number with ms, s or m. Range: 200ms to 60m. Default: 1s.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Write what there is to see as text, once; no terminal is needed." };
    private readonly AdminAddress _address = new();

    public TopCommand()
    {
        Symbol = new Command("top", "Shows a pool live: its workers, jobs and rates. Keys choose, explain and cancel jobs.") { _interval, _once };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
        ["workerpool top", "workerpool top --interval 5s --address http://pool:50051", "workerpool top --once | head -3"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var interval = Interval(parsed.GetValue(_interval));
        var isOnce = parsed.GetValue(_once);
        if (!isOnce && (StandardOutput.Columns is null || Environment.GetEnvironmentVariable("TERM") is "dumb"))
        {
            throw new UsageException(
                "'top' draws on a terminal, and stdout is none. Give --once to have it as text, or use 'workerpool workers' and 'workerpool jobs'.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var run = new TopRun(admin, interval);
            using var output = new StandardOutput(isOnce ? ending.Token : CancellationToken.None);
            if (isOnce)
            {
                await run.OnceAsync(output, StandardOutput.Columns, ending.Token).ConfigureAwait(false);
                return ExitCodes.Success;
            }

            using var screen = new TopScreen(output);
            try
            {
                await run.ToEndAsync(screen, !Console.IsInputRedirected, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ending.ExitCode == ExitCodes.Interrupted)
            {
                // Ctrl-C is a way to quit as good as any.
            }

            return ExitCodes.Success;
        }
    }

    private static TimeSpan Interval(string? text) => text is null
        ? DefaultInterval
        : DurationText.TryParse(text, out var interval) && interval >= ShortestInterval && interval <= LongestInterval
            ? interval
            : throw new UsageException($"--interval has to be a time from 200ms to 60m; it is '{text}'.");
}
