using WorkerPool.Client.Mapping;

namespace WorkerPool.Client.Calls;

/// <summary>A call of one request and one response.</summary>
internal sealed class SingleCall<T> : IEndable, IDisposable
{
    private readonly Func<CancellationToken, Task<T>> _call;
    private readonly CancellationTokenSource _ending;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _terminated;

    public SingleCall(Func<CancellationToken, Task<T>> call, CancellationToken callerToken)
    {
        _call = call;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(callerToken);
    }

    public Task Ended => _ended.Task;

    public bool IsTerminated => _terminated;

    /// <summary>
    /// Makes the call, once: as far as it goes without waiting on the calling thread, unless that has a context of its own, such as
    /// that of a user interface.
    /// </summary>
    public async Task<T> RunAsync()
    {
        var token = _ending.Token;
        try
        {
            var isPlain = SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;
            return await (isPlain ? _call(token) : Task.Run(() => _call(token), CancellationToken.None)).ConfigureAwait(false);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    public void Terminate()
    {
        _terminated = true;
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    public void Dispose() => _ending.Dispose();
}
