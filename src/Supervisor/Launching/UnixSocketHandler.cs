using WorkerPool.Protocol.Sockets;

namespace WorkerPool.Supervisor.Launching;

/// <summary>Makes connections to a worker on a Unix socket.</summary>
internal static class UnixSocketHandler
{
    // Chunks and results are large and local: windows that never make either side wait for an update.
    private const int StreamWindowBytes = 4 << 20;

    /// <summary>A handler for one worker.</summary>
    /// <param name="path">Path of its socket.</param>
    public static HttpMessageHandler Create(string path) => new SocketsHttpHandler
    {
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindowBytes,
        ConnectCallback = (_, cancellation) => AnswerSocket.ConnectAsync(path, cancellation),
    };
}
