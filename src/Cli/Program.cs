using WorkerPool.Cli.Commands;
using WorkerPool.Cli.Output;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli;

/// <summary>The <c>workerpool</c> command.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var ending = new Ending();
        using var status = new StatusLine(Console.Error, !Console.IsErrorRedirected, !Console.IsOutputRedirected);
        var commandLine = new CommandLine();
        try
        {
            return await commandLine.RunAsync(arguments, status, ending).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            status.WriteLine($"workerpool: {Messages.OneLine(e.Message)}");
            status.WriteLine($"Try '{commandLine.NameOf(arguments)} --help'.");
            return ExitCodes.Usage;
        }
        catch (Exception e)
        {
            return Explain(e, status, ending);
        }
    }

    private static int Explain(Exception error, StatusLine status, Ending ending)
    {
        // Whatever else went wrong then went wrong because of it.
        if (ending.ExitCode is { } code)
        {
            return code;
        }

        if (error is OutputClosedException)
        {
            return ExitCodes.OutputClosed;
        }

        status.WriteLine($"workerpool: {Messages.OneLine(error.Message)}");
        return error switch
        {
            UnknownFunctionException or UnknownJobException or UnknownWorkerException or InvalidRequestException or ProfileException => ExitCodes.Usage,
            WorkerPoolException => ExitCodes.Pool,
            _ => ExitCodes.ItemFailed,
        };
    }
}
