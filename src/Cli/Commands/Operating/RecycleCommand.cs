using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool recycle</c>.</summary>
internal sealed class RecycleCommand : ICommand
{
    private readonly Argument<string?> _worker = new("WORKER")
    {
        Description = "Name of the worker, as 'workerpool workers' shows it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Replaces every worker, one after the other, and waits until that is done." };
    private readonly AdminAddress _address = new();

    public RecycleCommand()
    {
        Symbol = new Command("recycle", "Replaces a worker, or all of them, by a new process. It finishes its item first.") { _worker, _all };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool recycle worker-2", "workerpool recycle --all", "workerpool recycle worker-2 --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var name = parsed.GetValue(_worker);
        var isAll = parsed.GetValue(_all);
        if (isAll ? name is not null : string.IsNullOrWhiteSpace(name))
        {
            throw new UsageException(isAll
                ? $"'recycle --all' takes no WORKER; it has '{name}'. Give one or the other."
                : "WORKER is missing; it has to be the name of a worker, such as worker-2. --all replaces every one.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var (lines, exitCode) = isAll
                ? await RecycleAllAsync(admin, status, ending).ConfigureAwait(false)
                : await RecycleAsync(admin, name!, ending).ConfigureAwait(false);
            using var output = new StandardOutput(ending.Token);
            TextLines.Write(lines, output, StandardOutput.Columns);
            return exitCode;
        }
    }

    private static async Task<(IReadOnlyList<string> Lines, int ExitCode)> RecycleAsync(PoolAdmin admin, string name, Ending ending)
    {
        var worker = await admin.RecycleWorkerAsync(name, ending.Token).ConfigureAwait(false);
        return ([$"{worker.Name} is being replaced."], ExitCodes.Success);
    }

    private static async Task<(IReadOnlyList<string> Lines, int ExitCode)> RecycleAllAsync(PoolAdmin admin, StatusLine status, Ending ending)
    {
        try
        {
            var recycling = await admin.RecycleAllAsync(ending.Token).ConfigureAwait(false);
            List<string> lines = [recycling.ReplacedWorkers == 1 ? "1 worker was replaced." : $"{Quantity.Count(recycling.ReplacedWorkers)} workers were replaced."];
            lines.AddRange(recycling.KeptWorkers.Select(kept =>
                $"{kept} stays: its successor could not be started. 'workerpool events' says why."));
            return (lines, recycling.KeptWorkers.Count == 0 ? ExitCodes.Success : ExitCodes.Pool);
        }
        catch (OperationCanceledException)
        {
            status.WriteLine("The pool goes on replacing its workers.");
            throw;
        }
    }
}
