namespace WorkerPool.Client.Connecting.Routes;

/// <summary>Addresses in an order: one is used until a call fails there, then the next, and after the last the first.</summary>
/// <param name="channels">Those of each address. At least one.</param>
/// <remarks>
/// The addresses are taken in turn by hand: the balancer of Grpc.Net.Client stays with an address as long as that takes
/// connections, so that a draining pool would keep its clients, has a backoff of its own, and knows no Unix sockets.
/// </remarks>
internal sealed class OrderedRoute(IReadOnlyList<PoolChannels> channels) : IPoolRoute
{
    private readonly PoolChannels[] _channels = [.. channels];
    private int _current;

    /// <inheritdoc/>
    public int Count => _channels.Length;

    /// <inheritdoc/>
    public bool IsSpread => false;

    /// <inheritdoc/>
    public ValueTask<PoolChannels> NextAsync(CancellationToken cancellationToken) => new(_channels[Volatile.Read(ref _current)]);

    /// <inheritdoc/>
    public void Reached(PoolChannels channels)
    {
        // It is in use anyway.
    }

    /// <inheritdoc/>
    public void Failed(PoolChannels channels, Exception error)
    {
        // The next call goes to the next address, unless another call has seen to that already.
        var at = Array.IndexOf(_channels, channels);
        Interlocked.CompareExchange(ref _current, (at + 1) % _channels.Length, at);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var each in _channels)
        {
            each.Dispose();
        }
    }
}
