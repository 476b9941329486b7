using System.Net.Sockets;

namespace WorkerPool.Protocol.Sockets;

/// <summary>A connection that sends on one socket and receives on another: see <see cref="AnswerSocket"/>.</summary>
/// <param name="sending">Sends. Nothing is ever received on it.</param>
/// <param name="receiving">Receives. Nothing is ever sent on it.</param>
internal sealed class TwoSocketStream(Socket sending, Socket receiving) : NetworkStream(receiving, ownsSocket: true)
{
    private readonly NetworkStream _sending = new(sending, ownsSocket: true);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _sending.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _sending.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _sending.Write(buffer);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _sending.Write(buffer, offset, count);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sending.Dispose();
        }

        base.Dispose(disposing);
    }
}
