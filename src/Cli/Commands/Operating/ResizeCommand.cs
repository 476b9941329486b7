using System.CommandLine;
using System.Globalization;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary><c>workerpool resize</c>.</summary>
internal sealed class ResizeCommand : ICommand
{
    private readonly Argument<string> _count = new("N") { Description = "The workers there are to be." };
    private readonly AdminAddress _address = new();

    public ResizeCommand()
    {
        Symbol = new Command("resize", "Changes the number of workers. Those that are too many finish their items first.") { _count };
        _address.AddTo(Symbol);
    }

    public Command Symbol { get; }

    public IReadOnlyList<string> Examples => ["workerpool resize 8", "workerpool resize 8 --address http://pool:50051"];

    public async Task<int> RunAsync(ParseResult parsed, StatusLine status, Ending ending)
    {
        var text = parsed.GetRequiredValue(_count);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            throw new UsageException($"N has to be a number from 1 up; it is '{text}'.");
        }

        var admin = _address.Connect(parsed);
        await using (admin.ConfigureAwait(false))
        {
            var pool = await admin.ResizeAsync(count, ending.Token).ConfigureAwait(false);
            using var output = new StandardOutput(ending.Token);
            TextLines.Write([$"The pool is to have {TextLines.Counted(pool.SlotCount, "worker")}; {pool.ReadyWorkers} ready now."], output, StandardOutput.Columns);
            return ExitCodes.Success;
        }
    }
}
