namespace WorkerPool.Client.Connecting.Routes;

/// <summary>Which of a pool's addresses a call takes. Safe for several threads.</summary>
internal interface IPoolRoute : IDisposable
{
    /// <summary>Addresses that are known. Range: 0 and up.</summary>
    int Count { get; }

    /// <summary>Whether each call may take another address, so that what one of them says is not said of all.</summary>
    bool IsSpread { get; }

    /// <summary>Those of the address for the next call.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Grpc.Core.RpcException">There is no address.</exception>
    ValueTask<PoolChannels> NextAsync(CancellationToken cancellationToken);

    /// <summary>A call reached the pool there.</summary>
    /// <param name="channels">Those of the address.</param>
    void Reached(PoolChannels channels);

    /// <summary>A call failed there by its connection, or since the pool goes away.</summary>
    /// <param name="channels">Those of the address.</param>
    /// <param name="error">How.</param>
    void Failed(PoolChannels channels, Exception error);
}
