using System.CommandLine;
using WorkerPool.Bench.Relay;

namespace WorkerPool.Bench.Commands;

/// <summary>Serves as a part of the relay that the pool is held against. Hidden.</summary>
internal static class RelayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var socket = new Argument<string>("socket") { Description = "Path of the Unix socket to listen on." };
        var next = new Argument<string?>("next") { Description = "Path of the next one's. Default: none, this one echoes.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("relay", "Serves as a part of the relay.") { socket, next };
        command.Hidden = true;
        command.SetAction((parsed, _) => RelayServer.RunAsync(parsed.GetValue(socket)!, parsed.GetValue(next)));
        return command;
    }
}
