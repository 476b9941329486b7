using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool workers</c>.</summary>
internal sealed class WorkersCommand : ICommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line instead of a table." };
    private readonly AdminAddress _address = new();

    public WorkersCommand()
    {
        Symbol = new Command("workers", "Lists the workers of a pool and what they do.") { _json };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool workers", "workerpool workers --json --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            using var output = new StandardOutput(ending.Token);
            var workers = await admin.ListWorkersAsync(ending.Token).ConfigureAwait(false);
            if (parsed.GetValue(_json))
            {
                JsonLines.WriteAll(workers, output);
                return ExitCodes.Success;
            }

            var pool = await admin.GetPoolAsync(ending.Token).ConfigureAwait(false);
            TextLines.Write([TextLines.ForPool(pool)], output, StandardOutput.Columns);
            WorkerListing.Write(workers, output, StandardOutput.Columns);
            return ExitCodes.Success;
        }
    }
}
