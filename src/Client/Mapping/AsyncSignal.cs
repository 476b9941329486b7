using System.Threading.Channels;

namespace WorkerPool.Client.Mapping;

/// <summary>
/// Wakes the one that waits. A signal given while nobody waits is kept, several count as one; the woken one looks
/// for itself what there is to do.
/// </summary>
internal sealed class AsyncSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _signals.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync() => _signals.Reader.ReadAsync();
}
