using System.Threading.Channels;
using Grpc.Core;

namespace WorkerPool.Supervisor.Api.Local;

/// <summary>Reads what the other side of a call has written, which is the very messages: neither side changes one any more.</summary>
/// <param name="messages">What it has written.</param>
internal sealed class LocalReader<T>(ChannelReader<T> messages) : IAsyncStreamReader<T>
{
    /// <inheritdoc/>
    public T Current { get; private set; } = default!;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        do
        {
            if (messages.TryRead(out var message))
            {
                Current = message;
                return true;
            }
        }
        while (await messages.WaitToReadAsync(cancellationToken));

        return false;
    }
}

/// <summary>Writes for the other side of a call, as far as that keeps up.</summary>
/// <param name="messages">What it is to read.</param>
/// <param name="ending">The call is over.</param>
internal sealed class LocalWriter<T>(ChannelWriter<T> messages, CancellationToken ending) : IServerStreamWriter<T>, IClientStreamWriter<T>
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, ending);

    /// <inheritdoc/>
    public Task WriteAsync(T message, CancellationToken cancellationToken) =>
        messages.TryWrite(message) ? Task.CompletedTask : messages.WriteAsync(message, cancellationToken).AsTask();

    /// <inheritdoc/>
    public Task CompleteAsync()
    {
        messages.TryComplete();
        return Task.CompletedTask;
    }
}
