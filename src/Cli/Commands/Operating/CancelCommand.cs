using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool cancel</c>.</summary>
internal sealed class CancelCommand : ICommand
{
    private readonly Argument<string> _job = new("JOB") { Description = "Id of the job, as 'workerpool jobs' shows it." };
    private readonly AdminAddress _address = new();

    public CancelCommand()
    {
        Symbol = new Command("cancel", "Ends a job. Its running items are cancelled.") { _job };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool cancel job-3", "workerpool cancel job-3 --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var id = parsed.GetRequiredValue(_job);
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new UsageException("JOB is empty; it has to be the id of a job, such as job-3.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var job = await admin.CancelJobAsync(id, ending.Token).ConfigureAwait(false);
            using var output = new StandardOutput(ending.Token);
            TextLines.Write([Sentence(job)], output, StandardOutput.Columns);
            return ExitCodes.Success;
        }
    }

    private static string Sentence(JobStatus job)
    {
        var answered = TextLines.Counted(job.Ledger.Succeeded + job.Ledger.Failed, "item");
        return job.State switch
        {
            JobState.Running => $"{job.Id} is being cancelled; {answered} answered.",
            JobState.Cancelled => $"{job.Id} is cancelled; {answered} answered.",
            _ => $"{job.Id} was over already: {Words.Of(job.State)}; {answered} answered.",
        };
    }
}
