using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using WorkerPool.Processes;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>Sends apart from what is received where a connection asks for it: see <see cref="AnswerSocket"/>. All others stay as they are.</summary>
/// <param name="socket">Path of the worker's own socket.</param>
internal sealed class AnswersApart(string socket)
{
    // What is sent at once: a message of results and its frames.
    private const int BlockBytes = 32 << 10;

    /// <summary>Serves a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">Those behind.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var (begins, rest) = await FirstLine.TakeAsync(connection, AnswerSocket.Word, AnswerSocket.LongestLine);
        if (!begins)
        {
            await next(connection);
        }
        else if (rest is not null && AnswerSocket.Read(rest) is { } number)
        {
            await ServeApartAsync(connection, AnswerSocket.PathBeside(socket, number), next);
        }
    }

    private static async Task ServeApartAsync(ConnectionContext connection, string path, ConnectionDelegate next)
    {
        using var answers = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await answers.ConnectAsync(new UnixDomainSocketEndPoint(path), connection.ConnectionClosed);
        }
        catch (SocketException)
        {
            // Who asked is gone: so is the connection.
            return;
        }

        await using var stream = new NetworkStream(answers);
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

    private sealed record Ways(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
