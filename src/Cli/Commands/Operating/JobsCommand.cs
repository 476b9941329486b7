using System.CommandLine;
using System.Globalization;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool jobs</c>.</summary>
internal sealed class JobsCommand : ICommand
{
    private const int DefaultLimit = 20;

    private readonly Option<string?> _state = new("--state")
    {
        Description = $"Only jobs in this state: {string.Join(", ", Words.All<JobState>())}. Default: every state.",
        HelpName = "STATE",
    };

    private readonly Option<string?> _label = new("--label") { Description = "Only jobs with this label. Default: every label.", HelpName = "TEXT" };
    private readonly Option<bool> _all = new("--all") { Description = "All jobs that the pool still knows." };
    private readonly Option<string?> _limit = new("--limit")
    {
        Description = $"The most jobs, the newest first. Default: {DefaultLimit}.",
        HelpName = "N",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line instead of a table." };
    private readonly AdminAddress _address = new();

    public JobsCommand()
    {
        Symbol = new Command("jobs", "Lists the jobs of a pool, the newest first.") { _state, _label, _all, _limit, _json };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool jobs",
        "workerpool jobs --state running",
        "workerpool jobs --label nightly --all --json --address http://pool:50051",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var limit = Limit(parsed);

        // One more than is shown tells whether there are more.
        var filter = new JobFilter { State = State(parsed.GetValue(_state)), Label = parsed.GetValue(_label) ?? "", PageSize = Math.Min(limit, 999) + 1 };
        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var jobs = new List<JobStatus>();
            await foreach (var job in admin.ListJobsAsync(filter, ending.Token).ConfigureAwait(false))
            {
                jobs.Add(job);
                if (jobs.Count > limit)
                {
                    break;
                }
            }

            var hasMore = jobs.Count > limit;
            Write(hasMore ? jobs[..limit] : jobs, parsed.GetValue(_json), ending);
            if (hasMore)
            {
                status.WriteLine($"There are more jobs than these {limit}: --limit N or --all shows them.");
            }

            return ExitCodes.Success;
        }
    }

    private static void Write(List<JobStatus> jobs, bool asJson, Ending ending)
    {
        using var output = new StandardOutput(ending.Token);
        if (asJson)
        {
            JsonLines.WriteAll(jobs, output);
        }
        else if (jobs.Count == 0)
        {
            TextLines.Write(["There are no such jobs."], output, StandardOutput.Columns);
        }
        else
        {
            JobListing.Write(jobs, output, StandardOutput.Columns);
        }
    }

    private int Limit(ParseResult parsed)
    {
        var text = parsed.GetValue(_limit);
        if (parsed.GetValue(_all))
        {
            return text is null ? int.MaxValue : throw new UsageException("Give --all or --limit, not both.");
        }

        return text is null
            ? DefaultLimit
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
                ? limit
                : throw new UsageException($"--limit has to be a number from 1 up; it is '{text}'.");
    }

    private static JobState? State(string? text) => text is null
        ? null
        : Words.TryParse<JobState>(text, out var state)
            ? state
            : throw new UsageException($"--state has to be one of {string.Join(", ", Words.All<JobState>())}; it is '{text}'.");
}
