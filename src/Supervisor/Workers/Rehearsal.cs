using System.Net.Sockets;
using WorkerPool.Protocol.Packing;
using WorkerPool.Protocol.Sockets;
using WorkerPool.Supervisor.Launching;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Workers;

/// <summary>
/// A session with nobody, while the first worker starts: it loads and compiles what the session with that one needs, for which
/// somebody would wait.
/// </summary>
internal static class Rehearsal
{
    private static int _isPlayed;

    /// <summary>Plays it, once in a process. It never fails: what it would have spared is then done when it is needed.</summary>
    public static async Task PlayAsync()
    {
        if (Interlocked.Exchange(ref _isPlayed, 1) == 1)
        {
            return;
        }

        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            // Of a name without a file, which goes with it. It takes what is sent, and nobody reads it.
            var name = $"\0workerpool-rehearsal-{Guid.NewGuid():N}";
            using var nobody = UnixSocket.Create();
            nobody.Bind(new UnixDomainSocketEndPoint(name));
            nobody.Listen();
            using var channel = WorkerSession.ChannelOf(UnixSocketHandler.Create(name));
            using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(RentedMessages.Session, host: null, default);
            await call.RequestStream.WriteAsync(new SessionRequest { Start = new SessionStart() });
        }
        catch (Exception)
        {
            // Nothing depends on it.
        }
    }
}
