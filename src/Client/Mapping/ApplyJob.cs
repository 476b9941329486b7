using WorkerPool.Client.Mapping;

namespace WorkerPool.Client;

/// <summary>
/// A single call that was started: what Python's <c>apply_async</c> gives. <c>Pool.ApplyAsync</c>
/// gives the value as a task; this is for those who want to wait for a time, or to cancel, without a token of their own.
/// </summary>
/// <typeparam name="TResult">Type of the value.</typeparam>
public sealed class ApplyJob<TResult>
{
    private readonly CancellationTokenSource _cancelling = new();
    private readonly Task _ended;
    private readonly TimeProvider _time;

    /// <summary>Starts it.</summary>
    /// <param name="call">Makes the call; the token ends it.</param>
    /// <param name="time">Measures how long is waited.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal ApplyJob(Func<CancellationToken, Task<TResult>> call, TimeProvider time, CancellationToken cancellationToken)
    {
        _time = time;
        Completion = call(_cancelling.Token);
        _ended = Completion.Quietly();

        // Not a linked source: that would have to be disposed of, and its token still be good for cancelling afterwards.
        var link = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _cancelling);
        _ = _ended.ContinueWith(
            _ => link.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The value; fails with the <see cref="ItemFailedException"/> if there is none, and is cancelled with the call.</summary>
    public Task<TResult> Completion { get; }

    /// <summary>Waits until the call is over, one way or another. Throws for nothing that happened in it.</summary>
    /// <param name="timeout">The longest wait. Range: zero and up.</param>
    /// <param name="cancellationToken">Gives up the wait. The call goes on.</param>
    /// <returns>Whether it is over.</returns>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _ended.IsOverWithinAsync(timeout, _time, cancellationToken);

    /// <summary>Cancels the call, and its item where it runs. Nothing happens to a call that is over.</summary>
    /// <returns>Completes when the call is over.</returns>
    public async Task CancelAsync()
    {
        await _cancelling.CancelAsync().ConfigureAwait(false);
        await _ended.ConfigureAwait(false);
    }
}
