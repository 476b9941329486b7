using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool explain</c>.</summary>
internal sealed class ExplainCommand : ICommand
{
    private readonly Argument<string?> _job = new("JOB")
    {
        Description = "Id of the job, as 'workerpool jobs' shows it. Default: every job that runs.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a job instead of sentences." };
    private readonly AdminAddress _address = new();

    public ExplainCommand()
    {
        Symbol = new Command("explain", "Says why a job is where it is, in sentences.") { _job, _json };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool explain job-3", "workerpool explain", "workerpool explain job-3 --json --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var id = parsed.GetValue(_job);
        if (id is not null && string.IsNullOrWhiteSpace(id))
        {
            throw new UsageException("JOB is empty; it has to be the id of a job, such as job-3.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            using var output = new StandardOutput(ending.Token);
            List<JobExplanation> explanations = id is null
                ? await ExplainAllAsync(admin, ending.Token).ConfigureAwait(false)
                : [await admin.ExplainJobAsync(id, ending.Token).ConfigureAwait(false)];
            if (parsed.GetValue(_json))
            {
                JsonLines.WriteAll(explanations, output);
            }
            else
            {
                TextLines.Write(
                    explanations.Count == 0 ? ["No job runs."] : explanations.SelectMany(ExplanationText.Lines), output, StandardOutput.Columns);
            }

            return ExitCodes.Success;
        }
    }

    private static async Task<List<JobExplanation>> ExplainAllAsync(PoolAdmin admin, CancellationToken cancellation)
    {
        var explanations = new List<JobExplanation>();
        await foreach (var job in admin.ListJobsAsync(new JobFilter { State = JobState.Running }, cancellation).ConfigureAwait(false))
        {
            try
            {
                explanations.Add(await admin.ExplainJobAsync(job.Id, cancellation).ConfigureAwait(false));
            }
            catch (UnknownJobException)
            {
                // It is over, and forgotten already.
            }
        }

        return explanations;
    }
}
