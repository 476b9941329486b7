using System.CommandLine;
using WorkerPool.Cli.Input;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands;

/// <summary><c>workerpool apply</c>.</summary>
internal sealed class ApplyCommand : ICommand
{
    private readonly TargetOptions _target = new(
        "ARG",
        "Its arguments: JSON values; a word that is not JSON is a string. A single array or object is all arguments of a function of several.");

    private readonly Option<bool> _raw = RawOption.Make();
    private readonly MapOptionSet _options = new();
    private readonly PoolSelection _pool = new();

    public ApplyCommand()
    {
        Symbol = new Command("apply", "Runs a function, or a program, once and writes its value as JSON.");
        _target.AddTo(Symbol);
        _options.AddCallOptionsTo(Symbol);
        Symbol.Add(_raw);
        _pool.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples =>
    [
        "workerpool apply square 12",
        "workerpool apply power 2 10",
        "workerpool apply power '{\"base\": 2, \"exponent\": 10}' --address http://pool:50051",
        "workerpool apply --exec 'sha256sum {}' release.tar.gz",
    ];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var options = _options.Read(parsed);
        var target = _target.Read(parsed);
        var name = target.Function;
        var open = _pool.Choose(parsed, target, status, ending.Token);
        ReaderWatch.Start(ending);
        var pool = await open().ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            var functions = await pool.ListFunctionsAsync(ending.Token).ConfigureAwait(false);
            var parameterCount = functions.FirstOrDefault(function => function.Name == name)?.Parameters.Count ?? 0;
            try
            {
                var item = ItemWord.ForCall(target.Words, parameterCount);
                var value = await pool.ApplyAsync<JsonText, JsonText>(name, item, options, ending.Token).ConfigureAwait(false);
                var writer = new ResultWriter(new StandardOutput(ending.Token), withIndex: false, parsed.GetValue(_raw));
                writer.Write(value);
                writer.Flush();
                return ExitCodes.Success;
            }
            catch (ItemFailedException e)
            {
                status.WriteLine($"workerpool: {Messages.ForFailure(e)}");
                return ExitCodes.ItemFailed;
            }
        }
    }
}
