using System.CommandLine;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary>The option that says which pool to operate.</summary>
internal sealed class AdminAddress
{
    private const string Default = "http://127.0.0.1:50051";

    private readonly Option<string?> _address = new("--address")
    {
        Description = $"The pool's address: http://host:port, https://host:port or unix:///path. Default: {Default}.",
        HelpName = "URL",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_address);

    /// <summary>The pool at the address.</summary>
    /// <exception cref="UsageException">It is no address.</exception>
    public PoolAdmin Connect(ParseResult parsed)
    {
        try
        {
            return PoolAdmin.Connect(parsed.GetValue(_address) ?? Default);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--address: {e.Message.Split(" (Parameter")[0]}");
        }
    }
}
