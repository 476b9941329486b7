using System.CommandLine;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands;

/// <summary><c>workerpool functions</c>: a table of all functions, or one of them in full.</summary>
internal sealed class FunctionsCommand : ICommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The one function to describe in full. Default: lists all of them.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line instead of text for people." };
    private readonly PoolSelection _pool = new();

    public FunctionsCommand()
    {
        Symbol = new Command("functions", "Lists the functions of a pool, or describes one of them.") { _name, _json };
        _pool.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool functions",
        "workerpool functions power",
        "workerpool functions --functions ./Images.dll",
        "workerpool functions --json --address http://pool:50051",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var open = _pool.Choose(parsed, null, status, ending.Token);
        var pool = await open().ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            var name = parsed.GetValue(_name);
            IReadOnlyList<FunctionInfo> functions = name is null
                ? await pool.DescribeFunctionsAsync(ending.Token).ConfigureAwait(false)
                : [await pool.DescribeFunctionAsync(name, ending.Token).ConfigureAwait(false)];
            using var output = new StandardOutput(ending.Token);
            if (parsed.GetValue(_json))
            {
                JsonLines.WriteAll(functions, output);
            }
            else if (name is not null)
            {
                FunctionPage.Write(functions[0], output, StandardOutput.Columns);
            }
            else
            {
                FunctionListing.Write(functions, output, StandardOutput.Columns);
            }

            return ExitCodes.Success;
        }
    }
}
