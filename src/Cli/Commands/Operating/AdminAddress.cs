using System.CommandLine;
using WorkerPool.Cli.Running;
using WorkerPool.Client;

namespace WorkerPool.Cli.Commands.Operating;

/// <summary>The options that say which pool to operate.</summary>
internal sealed class AdminAddress
{
    private const string Default = "http://127.0.0.1:50051";

    private readonly ConnectionOptions _connection = new(
        $"The pool's address: http://host:port, https://host:port or unix:///path. Default: that of the environment or the profile, or {Default}.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command) => _connection.AddTo(command);

    /// <summary>The pool at the address; of several, the first.</summary>
    /// <exception cref="UsageException">It is no address, or a file cannot be used.</exception>
    public PoolAdmin Connect(ParseResult parsed)
    {
        var profile = _connection.Read(parsed);
        return ConnectionOptions.Connect(() => PoolAdmin.Connect(profile.Addresses is [var first, ..] ? first : Default, profile.ToOptions()));
    }
}
