using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// What a server sends on a connection apart from what it receives. As of a connection of the server's own, what cannot be sent ends
/// the connection, and is no error of whoever sends.
/// </summary>
internal sealed class AnswerStream : NetworkStream
{
    // What is sent at once: a message of results and its frames.
    private const int BlockBytes = 32 << 10;

    private readonly ConnectionContext _connection;

    private AnswerStream(Socket socket, ConnectionContext connection)
        : base(socket, ownsSocket: true) => _connection = connection;

    /// <summary>Serves a connection that is answered on another socket. Both end together.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="answers">The other socket. It is disposed of here.</param>
    /// <param name="next">Those behind.</param>
    public static async Task ServeAsync(ConnectionContext connection, Socket answers, ConnectionDelegate next)
    {
        await using var stream = new AnswerStream(answers, connection);

        // What is being sent to a client that reads no more would otherwise never come to its end.
        await using var end = connection.ConnectionClosed.UnsafeRegister(static stream => ((AnswerStream)stream!).Dispose(), stream);
        var pool = connection.Features.Get<IMemoryPoolFeature>()?.MemoryPool ?? MemoryPool<byte>.Shared;
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(pool, BlockBytes, leaveOpen: true));
        var before = connection.Transport;
        connection.Transport = new Ways(before.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = before;
            await output.CompleteAsync();
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var writing = base.WriteAsync(buffer, cancellationToken);
            return writing.IsCompletedSuccessfully ? writing : EndAsync(writing);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            _connection.Abort();
            return default;
        }
    }

    private async ValueTask EndAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            _connection.Abort();
        }
    }

    private sealed record Ways(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
