using System.Net.Sockets;
using WorkerPool.Processes;

namespace WorkerPool.Supervisor.Launching;

/// <summary>A connection to a worker that sends on one Unix socket and receives on another: see <see cref="AnswerSocket"/>.</summary>
internal sealed class TwoSocketStream : Stream
{
    private static uint _lastNumber;

    private readonly NetworkStream _sending;
    private readonly Task<NetworkStream> _receiving;
    private readonly CancellationTokenSource _ended = new();

    private TwoSocketStream(Socket sending, Socket listener)
    {
        _sending = new NetworkStream(sending, ownsSocket: true);
        _receiving = AcceptAsync(listener, _ended.Token);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Connects. The worker's answers are waited for when they are read.</summary>
    /// <param name="path">Path of the worker's socket.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var sending = UnixSocket();
        var listener = UnixSocket();
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(AnswerSocket.PathBeside(path, number)));
            listener.Listen(1);
            await sending.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            await sending.SendAsync(AnswerSocket.LineOf(number), cancellation);
            return new TwoSocketStream(sending, listener);
        }
        catch
        {
            sending.Dispose();
            listener.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _receiving.IsCompletedSuccessfully ? _receiving.Result.ReadAsync(buffer, cancellationToken) : ReadFirstAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _sending.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _sending.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended.Cancel();
            _sending.Dispose();
            _ = _receiving.ContinueWith(
                static receiving =>
                {
                    if (receiving.IsCompletedSuccessfully)
                    {
                        receiving.Result.Dispose();
                    }
                    else
                    {
                        _ = receiving.Exception;
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        base.Dispose(disposing);
    }

    private static Socket UnixSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    // One comes; then the listener goes, and with it its file.
    private static async Task<NetworkStream> AcceptAsync(Socket listener, CancellationToken cancellation)
    {
        using (listener)
        {
            return new NetworkStream(await listener.AcceptAsync(cancellation), ownsSocket: true);
        }
    }

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var receiving = await _receiving.WaitAsync(cancellation);
        return await receiving.ReadAsync(buffer, cancellation);
    }
}
