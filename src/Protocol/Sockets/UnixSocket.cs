using System.Net.Sockets;

namespace WorkerPool.Protocol.Sockets;

/// <summary>Unix sockets, which .NET's own constructor takes three words for.</summary>
public static class UnixSocket
{
    /// <summary>Makes one, not bound to anything.</summary>
    public static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Makes one and connects it.</summary>
    /// <param name="path">Path of the socket that somebody listens on.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async ValueTask<Socket> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = Create();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
