using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool recycle</c>.</summary>
internal sealed class RecycleCommand : ICommand
{
    private readonly Argument<string> _worker = new("WORKER") { Description = "Name of the worker, as 'workerpool workers' shows it." };
    private readonly AdminAddress _address = new();

    public RecycleCommand()
    {
        Symbol = new Command("recycle", "Replaces a worker by a new process. It finishes its item first.") { _worker };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool recycle worker-2", "workerpool recycle worker-2 --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var name = parsed.GetRequiredValue(_worker);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new UsageException("WORKER is empty; it has to be the name of a worker, such as worker-2.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var worker = await admin.RecycleWorkerAsync(name, ending.Token).ConfigureAwait(false);
            using var output = new StandardOutput(ending.Token);
            TextLines.Write([$"{worker.Name} is being replaced."], output, StandardOutput.Columns);
            return ExitCodes.Success;
        }
    }
}
