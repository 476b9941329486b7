using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands;

/// <summary><c>workerpool functions</c>.</summary>
internal sealed class FunctionsCommand : ICommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line instead of a table." };
    private readonly PoolSelection _pool = new();

    public FunctionsCommand()
    {
        Symbol = new Command("functions", "Lists the functions of a pool.") { _json };
        _pool.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool functions",
        "workerpool functions --functions ./Images.dll",
        "workerpool functions --json --address http://pool:50051",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var open = _pool.Choose(parsed, null, status, ending.Token);
        var pool = await open().ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            var functions = await pool.ListFunctionsAsync(ending.Token).ConfigureAwait(false);
            using var output = new StandardOutput(ending.Token);
            if (parsed.GetValue(_json))
            {
                JsonLines.WriteAll(functions, output);
            }
            else
            {
                FunctionListing.Write(functions, output, StandardOutput.Columns);
            }

            return ExitCodes.Success;
        }
    }
}
