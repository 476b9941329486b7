using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>A connection of a server that sends on a socket of its own. Both ways end together.</summary>
internal sealed class ConnectionApart : ConnectionContext
{
    // What is sent at once: a message of results and its frames.
    private const int BlockBytes = 32 << 10;

    private readonly ConnectionContext _received;
    private readonly AnswerStream _answers;
    private readonly CancellationTokenRegistration _ends;

    /// <summary>Joins them.</summary>
    /// <param name="received">What is received, and all else that there is to know of the connection.</param>
    /// <param name="answers">Sends. It is disposed of with this.</param>
    public ConnectionApart(ConnectionContext received, Socket answers)
    {
        _received = received;
        _answers = new AnswerStream(answers, received);

        // What is being sent to a client that reads no more would otherwise never come to its end.
        _ends = received.ConnectionClosed.UnsafeRegister(static answers => ((AnswerStream)answers!).Dispose(), _answers);
        var pool = received.Features.Get<IMemoryPoolFeature>()?.MemoryPool ?? MemoryPool<byte>.Shared;
        Transport = new Ways(received.Transport.Input, PipeWriter.Create(_answers, new StreamPipeWriterOptions(pool, BlockBytes, leaveOpen: true)));
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => _received.ConnectionId;
        set => _received.ConnectionId = value;
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features => _received.Features;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => _received.Items;
        set => _received.Items = value;
    }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed
    {
        get => _received.ConnectionClosed;
        set => _received.ConnectionClosed = value;
    }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint
    {
        get => _received.LocalEndPoint;
        set => _received.LocalEndPoint = value;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint
    {
        get => _received.RemoteEndPoint;
        set => _received.RemoteEndPoint = value;
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        _received.Abort(abortReason);
        _answers.Dispose();
    }

    /// <summary>Sends what is left to send, and ends that way. The other one is left to the server.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await _ends.DisposeAsync();
        await _answers.DisposeAsync();
        await base.DisposeAsync();
    }

    private sealed record Ways(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    // As a connection of the server's own: what cannot be sent ends it, and is no error of whoever sends.
    private sealed class AnswerStream(Socket socket, ConnectionContext received) : NetworkStream(socket, ownsSocket: true)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                var writing = base.WriteAsync(buffer, cancellationToken);
                return writing.IsCompletedSuccessfully ? writing : EndAsync(writing);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                received.Abort();
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
                received.Abort();
            }
        }
    }
}
