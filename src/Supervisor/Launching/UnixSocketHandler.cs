using System.Net.Sockets;
using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Makes connections to a worker on a Unix socket.</summary>
internal static class UnixSocketHandler
{
    // Chunks and results are large and local: windows that never make either side wait for an update.
    private const int StreamWindowBytes = 4 << 20;

    /// <summary>A handler for one worker, which sends on the socket that it receives on.</summary>
    /// <param name="path">Path of its socket.</param>
    public static HttpMessageHandler Create(string path) => Create(cancellation => ConnectAsync(path, cancellation));

    /// <summary>A handler for one worker whose answers come on a socket apart: see <see cref="AnswerSocket"/>.</summary>
    /// <param name="path">Path of its socket, in a directory that nobody else can write in.</param>
    public static HttpMessageHandler CreateApart(string path) => Create(cancellation => TwoSocketStream.ConnectAsync(path, cancellation));

    private static SocketsHttpHandler Create(Func<CancellationToken, ValueTask<Stream>> connect) => new()
    {
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindowBytes,
        ConnectCallback = (_, cancellation) => connect(cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
