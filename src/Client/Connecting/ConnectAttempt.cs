namespace WorkerPool.Client.Connecting;

/// <summary>One try of a call that has a limited time to get its first answer, and then all the time it needs.</summary>
internal sealed class ConnectAttempt : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenSource? _giveUp;
    private volatile bool _isMade;

    /// <summary>A try that begins now.</summary>
    /// <param name="limit">The longest wait for the first answer; <c>null</c>: any.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ConnectAttempt(TimeSpan? limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit is { } longest ? new CancellationTokenSource(longest, time) : null;
        _giveUp = _limit is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _limit.Token);
        Token = _giveUp?.Token ?? cancellationToken;
    }

    /// <summary>Gives up the wait for the first answer. Of no meaning after <see cref="Made"/>.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether the first answer came.</summary>
    public bool IsMade => _isMade;

    /// <summary>Whether the first answer did not come in time.</summary>
    public bool IsOutOfTime => !_isMade && _limit is { IsCancellationRequested: true };

    /// <summary>The first answer came.</summary>
    public void Made() => _isMade = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        _giveUp?.Dispose();
        _limit?.Dispose();
    }
}
